"""One mark for each class of reading and for each kind of difference, the same on every chart."""

from __future__ import annotations

from motomind_nb.charts import differences as kinds

# amber: beside the line on both sides; a class without a mark of its own gets OTHER
CLASS_MARKS = {
    "spike": "^",
    "step": "s",
    "no reading": "v",
    "digit": "D",
    "rollover": "o",
    "unit": "h",
    "likely duplicate": "d",
    "same-day order": "<",
    "undecided": "p",
    "date": ">",
    "future date": "*",
}
OTHER = "8"
STAR = "*"  # covers less than the others of its size
# red: not the same before and after
DIFFERENCE_MARKS = {
    kinds.LOST: "X",
    kinds.ADDED: "P",
    kinds.ALTERED: STAR,
    kinds.REDATED: ">",
    kinds.MOVED: "H",
}

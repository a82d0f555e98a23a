"""Two sides of one fleet: which reading became which, what differs and why."""

from motomind_nb.mileage.comparison.causes import (
    CAUSES,
    MERGED,
    ORDER,
    SPLIT,
    Differences,
    differences,
    firsts,
    flows_of,
    regrouped,
)
from motomind_nb.mileage.comparison.compare import compare, same_readings_reordered
from motomind_nb.mileage.comparison.matching import NO_MATE, Rows, by_ident, matched

__all__ = [
    "CAUSES",
    "MERGED",
    "NO_MATE",
    "ORDER",
    "SPLIT",
    "Differences",
    "Rows",
    "by_ident",
    "compare",
    "differences",
    "firsts",
    "flows_of",
    "matched",
    "regrouped",
    "same_readings_reordered",
]

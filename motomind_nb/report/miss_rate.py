"""How many planted faults the audit finds, as ``make mutants`` measured and stored it last."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

SCORES = Path(__file__).parent / "scores.csv"
LABEL = "Planted faults that this version finds"


def miss_rate() -> list[tuple[str, str]]:
    """Return the stored scores in words under their label, nothing where none are stored."""
    with SCORES.open(encoding="utf-8", newline="") as file:
        said = scores_in_words(csv.DictReader(file))
    return [(LABEL, said)] if said else []


def scores_in_words(lines: Iterable[Mapping[str, object]]) -> str:
    """Return faults and damages, planted and found, over the lines of all kinds."""
    totals: Counter[str] = Counter()
    for line in lines:
        for column in ("planted", "found"):
            totals[f"{line['part']} {column}"] += int(str(line[column]))
    if not totals:
        return ""
    return (
        f"{totals['sql planted']:,} faults in the rebuild's SQL: {totals['sql found']:,} found;"
        f" {totals['damage planted']:,} damages: {totals['damage found']:,} found"
    )

"""The second mapping: a table that says for each old column where its values must stand, and how.

It is written beside the projections and shares no line with them: a mistake in one is no mistake in
the other. Every column of a kept or folded table has exactly one line in ``mapping.csv``, and every
target column that a source fills has one too, whose source column is empty where none feeds it.

``archived.csv`` is the other side of it: what the rebuilt tables do not give back, and why.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("mapping.csv")
ARCHIVED_FILE = Path(__file__).with_name("archived.csv")
ARCHIVED = "archived"
PAYLOAD = "payload."


@dataclass(frozen=True)
class MappingLine:
    """One old column, or a target column that none feeds: targets, conversion by name, reason.

    ``values`` are the pairs of a value map; a constant has one pair, of itself with nothing.
    """

    source_table: str
    source_column: str
    target_table: str
    targets: tuple[str, ...]
    conversion: str
    values: dict[str, str]
    reason: str

    @property
    def is_archived(self) -> bool:
        """Whether the value lives on only in the archived row."""
        return self.conversion == ARCHIVED


@cache
def mapping_lines() -> dict[str, tuple[MappingLine, ...]]:
    """Return the lines of each mapped table, in the order in which the tables load."""
    found: dict[str, list[MappingLine]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["source_table"], []).append(_line(row))
    return {source: tuple(lines) for source, lines in found.items()}


@dataclass(frozen=True)
class ArchivedValue:
    """Values of an old column that live on only in the archived row: when, and the reason.

    ``when`` is ``always``, or the name of a condition that such a value fulfils.
    """

    object: str
    column: str
    when: str
    reason: str

    @property
    def is_always(self) -> bool:
        """Whether no value of the column is given back."""
        return self.when == "always"


@cache
def archived_values() -> tuple[ArchivedValue, ...]:
    """Return what the rebuilt tables do not give back of the kept and folded tables."""
    with ARCHIVED_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(ArchivedValue(**row) for row in csv.DictReader(file))


def _line(row: dict[str, str]) -> MappingLine:
    """Return one line of the file."""
    pairs = (pair.partition("=") for pair in row["values"].split(";") if pair)
    return MappingLine(
        source_table=row["source_table"],
        source_column=row["source_column"],
        target_table=row["target_table"],
        targets=tuple(row["target"].split(";")),
        conversion=row["conversion"],
        values={old: new for old, _, new in pairs},
        reason=row["reason"],
    )

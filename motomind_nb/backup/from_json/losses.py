"""What the original export may have lost on the way into its file: suspected, never refused.

The export reads each row as JSON: a key that is undefined is left out, and a time may have lost
its zone. What the rows are like is noted while they are read; the backup's own files do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from motomind_nb.backup.from_json.fields import CLOCK, ZONE
from motomind_nb.backup.manifest import SuspectedLoss
from motomind_nb.postgres import Column

ZONED = re.compile(rf"[T ]{CLOCK}{ZONE}( BC)?\Z|infinity\Z")


@dataclass
class _Rows:
    """How many rows are alike, and the number of the first of them."""

    first: int
    count: int = 0


@dataclass
class RowsRead:
    """What the rows of one object had: which keys, and which times without a zone."""

    columns: tuple[Column, ...]
    by_keys: dict[tuple[str, ...], _Rows] = field(default_factory=dict)
    without_zone: dict[str, _Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.moments = [c.name for c in self.columns if c.type == "timestamp with time zone"]

    def note(self, number: int, row: dict[str, Any]) -> None:
        """Note what a row, the ``number``-th of its object, has."""
        self.by_keys.setdefault(tuple(row), _Rows(number)).count += 1
        for name in self.moments:
            text = row.get(name)
            if isinstance(text, str) and not ZONED.search(text):
                self.without_zone.setdefault(name, _Rows(number)).count += 1

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return sum(rows.count for rows in self.by_keys.values())

    def absent(self) -> list[str]:
        """Return the columns that no row has; none where there are no rows."""
        seen = {name for keys in self.by_keys for name in keys}
        return [column.name for column in self.columns if seen and column.name not in seen]

    def losses(self, name: str) -> Iterator[SuspectedLoss]:
        """Yield what the rows of the object of this name may have lost."""
        absent = self.absent()
        if absent:
            yield SuspectedLoss(
                name, "every key in some row", f"{len(absent)} in none", ", ".join(absent)
            )
        for column in self.columns:
            lacking = [rows for keys, rows in self.by_keys.items() if column.name not in keys]
            if lacking and column.name not in absent:
                yield _loss(f"{name}.{column.name}", "the key in every row", lacking)
        for column_name, rows in self.without_zone.items():
            yield _loss(f"{name}.{column_name}", "times with their zone", [rows])


def _loss(subject: str, expected: str, lacking: list[_Rows]) -> SuspectedLoss:
    """Return the loss of some rows of a column."""
    count = sum(rows.count for rows in lacking)
    what = "taken as UTC" if "zone" in expected else "taken as NULL"
    first = min(rows.first for rows in lacking)
    return SuspectedLoss(
        subject, expected, f"{count} without", f"{what}; the first is row {first} of the file"
    )

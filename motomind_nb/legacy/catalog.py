"""The catalog: the 35 legacy objects and their 423 columns, each with its fate, target and reason.

One file, ``catalog.csv``, is the only home of these facts: a row with an empty ``column`` is an
object, the others are its columns. Fates of objects: kept, folded (into the event stream),
dropped. Fates of columns: kept, renamed, converted (``values`` maps old to new), payload (a key of
the event's payload), archived (in the verified backup and in schema legacy), derived (of a view).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("catalog.csv")
# in the order in which they load: what others point at comes first
KEPT = ("tenants", "users", "garages", "vehicles", "vehicle_images", "reminders", "vehicle_events")
FOLDED = ("odometer_readings", "fuel_logs", "service_records")
EVENT_SOURCES = ("vehicle_events", *FOLDED)


@dataclass(frozen=True)
class LegacyColumn:
    """One column of a legacy object and what becomes of it."""

    object: str
    name: str
    position: int
    type: str
    fate: str
    targets: tuple[str, ...]
    values: dict[str, str]
    personal: bool
    reason: str


@dataclass(frozen=True)
class LegacyObject:
    """One legacy object: kind (table, view, materialized view), fate, target and reason."""

    name: str
    kind: str
    fate: str
    target: str
    reason: str
    columns: tuple[LegacyColumn, ...]

    def column(self, name: str) -> LegacyColumn:
        """Return one of its columns. Raises: KeyError."""
        return {column.name: column for column in self.columns}[name]


@cache
def objects() -> dict[str, LegacyObject]:
    """Return the 35 objects by name, in catalog order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["object"]: _object(row, rows) for row in rows if not row["column"]}


def tables() -> dict[str, LegacyObject]:
    """Return the 25 tables by name, in catalog order."""
    return {name: item for name, item in objects().items() if item.kind == "table"}


def views() -> dict[str, LegacyObject]:
    """Return the 9 views and the materialized view by name, in catalog order."""
    return {name: item for name, item in objects().items() if item.kind != "table"}


def mapped_columns() -> list[LegacyColumn]:
    """Return the columns whose values are mapped one by one (statuses and types)."""
    return [column for item in tables().values() for column in item.columns if column.values]


def personal_columns() -> set[tuple[str, str]]:
    """Return (object, column) of everything that is masked by default."""
    return {
        (column.object, column.name)
        for item in objects().values()
        for column in item.columns
        if column.personal
    }


def payload_keys(source: str) -> dict[str, str]:
    """Return payload key -> legacy column of one folded table, seed names included."""
    return {
        target.removeprefix("payload."): column.name
        for column in objects()[source].columns
        for target in column.targets
        if target.startswith("payload.")
    }


def _object(row: dict[str, str], rows: list[dict[str, str]]) -> LegacyObject:
    """Return the object of one catalog row with its columns."""
    columns = tuple(
        _column(item) for item in rows if item["object"] == row["object"] and item["column"]
    )
    return LegacyObject(
        row["object"], row["kind"], row["fate"], row["target"], row["reason"], columns
    )


def _column(row: dict[str, str]) -> LegacyColumn:
    """Return the column of one catalog row."""
    pairs = (pair.partition("=") for pair in row["values"].split(";") if pair)
    return LegacyColumn(
        object=row["object"],
        name=row["column"],
        position=int(row["position"]),
        type=row["type"],
        fate=row["fate"],
        targets=tuple(target for target in row["target_column"].split(";") if target),
        values={old: new for old, _, new in pairs},
        personal=row["personal"] == "yes",
        reason=row["reason"],
    )

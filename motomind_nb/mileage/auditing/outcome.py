"""The findings of the mileage stage: what differs fails, what was odd before stays a warning.

Every vehicle is judged: one finding for each cause counts its vehicles and names a few, mileage.csv
lists all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import pandas as pd

from motomind_nb.core import Finding, counted, digest_of, examples
from motomind_nb.mileage.history import NOTE, WARN, Remark

EQUAL = "mileage equal"
ODD = "mileage history"
SMALL = "mileage remarks"
NAIVE = "naive mileage"
REBUILT = "rebuilt mileage"
FILE = "mileage.csv"
WHOLE = "the last reading of the whole history"
CLEAN = "logical, no event"
Row = dict[str, Any]
Remarks = dict[UUID, list[Remark]]


@dataclass(frozen=True)
class Kind:
    """What the findings of one check have in common."""

    check: str
    expected: str
    status: str


class Judged(NamedTuple):
    """What is said of one vehicle: why, and what of it."""

    cause: str
    text: str


def _judged(row: Row, cause: str, said: str) -> Judged:
    """Return what is said of a vehicle as a person knows it, by its id and its name."""
    name = f" ({row['name']})" if row.get("name") else ""
    return Judged(cause, f"vehicle {row['vehicle_id']}{name}: {said}")


def findings(
    vehicles: pd.DataFrame, remarks: Remarks, deleted: Collection[UUID] = ()
) -> list[Finding]:
    """Return the findings of the audited vehicles; columns as `audit` gives them. Reads only.

    `remarks`: what there is to say of each vehicle of the rebuilt side. `deleted`: the vehicles
    that the rebuilt view leaves out because they are deleted.
    """
    kept = vehicles[~vehicles["vehicle_id"].isin(deleted)]
    return [
        *_equal(vehicles),
        *_warned(Kind(ODD, CLEAN, WARN), vehicles, partial(_remarked, remarks, WARN)),
        *_warned(Kind(SMALL, CLEAN, NOTE), vehicles, partial(_remarked, remarks, NOTE)),
        *_warned(Kind(NAIVE, WHOLE, "warn"), vehicles, _naive),
        *_warned(Kind(REBUILT, WHOLE, WARN), kept, _rebuilt),
    ]


def _rows(vehicles: pd.DataFrame) -> Iterator[Row]:
    """Yield a row at a time: all at once would take ten times the table."""
    names = [str(name) for name in vehicles.columns]
    columns = [vehicles[name].astype(object) for name in vehicles.columns]
    cells = [column.where(column.notna(), None).tolist() for column in columns]
    for row in zip(*cells, strict=True):
        yield dict(zip(names, row, strict=True))


def _equal(vehicles: pd.DataFrame) -> Iterator[Finding]:
    """Yield a failure for each cause why histories differ, ok where none does."""
    if vehicles.empty:
        expected = "vehicles with equal readings"
        yield Finding(EQUAL, "all vehicles", expected, "no vehicles", "warn", "nothing compared")
        return
    found = [
        _judged(row, f"readings {row['cause']}", _difference(row))
        for row in _rows(vehicles[~vehicles["equal"]])
    ]
    kind = Kind(EQUAL, "the same readings on the same dates", "fail")
    yield from _by_cause(kind, found, len(vehicles))
    if not found:
        said = f"{len(vehicles):,} vehicles with equal readings"
        yield Finding(EQUAL, "all vehicles", said, said, "ok", "matched one to one by id")


def _difference(row: Row) -> str:
    """Return how the history of a vehicle differs, from its first difference on."""
    before, after = (
        f"{counted(row[f'{side}_readings'], 'reading')}, current {_miles(row[f'{side}_miles'])}"
        for side in ("before", "after")
    )
    first = f"first on {row['first_date']}, {row['source_table']} {row['source_id']}"
    return f"{before} became {after}, {first} ({row['causes']})"


def _remarked(remarks: Remarks, status: str, row: Row) -> Iterator[Judged]:
    """Yield each kind of event of a vehicle's history with this status, be it logical or not."""
    kinds: dict[str, list[str]] = {}
    for remark in remarks.get(row["vehicle_id"], []):
        if remark.status == status and row["after_readings"]:
            kinds.setdefault(remark.kind, []).append(remark.text)
    for kind, texts in kinds.items():
        yield _judged(row, kind, f"{row['verdict']}: {'; '.join(texts)}")


def _naive(row: Row) -> Iterator[Judged]:
    """Yield what the legacy view shows where it is not the mileage of the history.

    A vehicle that the view leaves out is no warning: it shows nothing wrong.
    """
    if row["naive_before_miles"] not in (row["before_miles"], None):
        said = f"{_miles(row['naive_before_miles'])} instead of {_miles(row['before_miles'])}"
        yield _judged(row, "the newest row of vehicle_events is another reading", said)


def _rebuilt(row: Row) -> Iterator[Judged]:
    """Yield what the rebuilt view shows where it is not the mileage of the history."""
    if row["naive_after_miles"] != row["after_miles"]:
        said = f"{_miles(row['naive_after_miles'])} instead of {_miles(row['after_miles'])}"
        cause = "the view shows the last undisputed reading, and the history believes another"
        yield _judged(row, cause, said)


def _warned(
    kind: Kind, vehicles: pd.DataFrame, judge: Callable[[Row], Iterator[Judged]]
) -> Iterator[Finding]:
    """Yield a warning for each cause of a check, ok where it has nothing to say."""
    found = [judged for row in _rows(vehicles) for judged in judge(row)]
    yield from _by_cause(kind, found, len(vehicles))
    if not found:
        yield Finding(kind.check, "all vehicles", "nothing to say", "nothing to say", "ok")


def _by_cause(kind: Kind, found: list[Judged], total: int) -> Iterator[Finding]:
    """Yield one finding for all vehicles of each cause, the most frequent cause first."""
    causes: dict[str, list[str]] = {}
    for judged in found:
        causes.setdefault(judged.cause, []).append(judged.text)
    for cause in sorted(causes, key=lambda name: (-len(causes[name]), name)):
        texts = causes[cause]
        number = len(texts)
        yield Finding(
            kind.check,
            cause,
            kind.expected,
            f"{number:,} of {total:,} vehicles",
            kind.status,
            examples(texts, number) + (f"; all are in {FILE}" if number > 1 else ""),
            number,
            digest_of(sorted(texts)),
        )


def _miles(miles: object) -> str:
    return "no reading" if miles is None else f"{miles:,} miles"

"""The findings of the mileage stage: what differs fails, what was odd before stays a warning.

Every vehicle is judged: one finding for each cause counts its vehicles and names a few, mileage.csv
lists all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd

from motomind_nb.core import Finding, digest_of, examples
from motomind_nb.mileage.history import NOTE, WARN, Remark

EQUAL = "mileage equal"
ODD = "mileage history"
SMALL = "mileage remarks"
NAIVE = "naive mileage"
REBUILT = "rebuilt mileage"
CLEAN = "logical, no event"
LAST = "the last reading of the whole history"
FILE = "mileage.csv"
Row = dict[str, Any]
Remarks = dict[UUID, list[Remark]]
Judged = tuple[str, str]  # the cause, and what is said of one vehicle


@dataclass(frozen=True)
class Words:
    """What a finding says beside its cause: what was expected, its status, of how many vehicles."""

    expected: str
    status: str
    vehicles: int


def findings(vehicles: pd.DataFrame, remarks: Remarks) -> list[Finding]:
    """Return the findings of the audited vehicles; columns as `audit` gives them. Reads only.

    `remarks`: what there is to say of each vehicle of the rebuilt side.
    """
    known = vehicles.astype(object).where(vehicles.notna(), None)
    rows: list[Row] = [
        {str(name): cell for name, cell in row.items()} for row in known.to_dict("records")
    ]
    return [
        *_equal(rows),
        *_by_cause(ODD, Words(CLEAN, "warn", len(rows)), rows, partial(_remarked, remarks, WARN)),
        *_by_cause(SMALL, Words(CLEAN, "note", len(rows)), rows, partial(_remarked, remarks, NOTE)),
        *_by_cause(NAIVE, Words(LAST, "warn", len(rows)), rows, _naive),
        *_by_cause(REBUILT, Words(LAST, "warn", len(rows)), rows, _rebuilt),
    ]


def _equal(rows: list[Row]) -> Iterator[Finding]:
    """Yield a failure for each cause why histories differ, ok where none does."""
    if not rows:
        expected = "vehicles with equal readings"
        yield Finding(EQUAL, "all vehicles", expected, "no vehicles", "warn", "nothing compared")
        return
    causes: dict[str, list[tuple[Row, str]]] = {}
    for row in rows:
        if not row["equal"]:
            causes.setdefault(str(row["cause"]), []).append((row, _difference(row)))
    for cause in sorted(causes, key=lambda name: (-len(causes[name]), name)):
        words = Words("the same readings on the same dates", "fail", len(rows))
        yield _counted(EQUAL, f"readings {cause}", words, causes[cause])
    if not causes:
        said = f"{len(rows):,} vehicles with equal readings"
        yield Finding(EQUAL, "all vehicles", said, said, "ok", "matched one to one by id")


def _difference(row: Row) -> str:
    """Return how the history of a vehicle differs, from its first difference on."""
    before, after = (
        f"{row[f'{side}_readings']} readings, current {_miles(row[f'{side}_miles'])}"
        for side in ("before", "after")
    )
    first = f"first on {row['first_date']}, {row['source_table']} {row['source_id']}"
    return f"{before} became {after}, {first}"


def _remarked(remarks: Remarks, status: str, row: Row) -> Iterator[Judged]:
    """Yield each kind of event of a vehicle's history with this status, be it logical or not."""
    kinds: dict[str, list[str]] = {}
    for remark in remarks.get(row["vehicle_id"], []):
        if remark.status == status and row["after_readings"]:
            kinds.setdefault(remark.kind, []).append(remark.text)
    for kind, texts in kinds.items():
        yield kind, f"{row['verdict']}: {'; '.join(texts)}"


def _naive(row: Row) -> Iterator[Judged]:
    """Yield what the legacy view shows where it is not the mileage of the history.

    A vehicle that the view leaves out is no warning: it shows nothing wrong.
    """
    if row["naive_before_miles"] in (row["before_miles"], None):
        return
    said = f"{_miles(row['naive_before_miles'])} instead of {_miles(row['before_miles'])}"
    yield "the newest row of vehicle_events is another reading", said


def _rebuilt(row: Row) -> Iterator[Judged]:
    """Yield what the rebuilt view shows where it is not the mileage of the history."""
    if row["naive_after_miles"] == row["after_miles"]:
        return
    said = f"{_miles(row['naive_after_miles'])} instead of {_miles(row['after_miles'])}"
    yield "the view shows the last undisputed reading, and the history believes another", said


def _by_cause(
    check: str,
    words: Words,
    rows: list[Row],
    judge: Callable[[Row], Iterator[Judged]],
) -> Iterator[Finding]:
    """Yield a finding for each cause of a check, ok where it has nothing to say."""
    causes: dict[str, list[tuple[Row, str]]] = {}
    for row in rows:
        for cause, said in judge(row):
            causes.setdefault(cause, []).append((row, said))
    for cause in sorted(causes):
        yield _counted(check, cause, words, causes[cause])
    if not causes:
        yield Finding(check, "all vehicles", "nothing to say", "nothing to say", "ok")


def _counted(check: str, cause: str, words: Words, found: list[tuple[Row, str]]) -> Finding:
    """Return the finding of all vehicles of one cause."""
    number = len(found)
    said = [f"{_named(row)}: {text}" for row, text in found]
    return Finding(
        check,
        cause,
        words.expected,
        f"{number:,} of {words.vehicles:,} vehicles",
        words.status,
        examples(said, number) + (f"; all are in {FILE}" if number > 1 else ""),
        number,
        digest_of(sorted(said)),
    )


def _named(row: Row) -> str:
    """Return a vehicle as a person knows it: its id, and its name where it has one."""
    name = f" ({row['name']})" if row.get("name") else ""
    return f"vehicle {row['vehicle_id']}{name}"


def _miles(miles: object) -> str:
    return "no reading" if miles is None else f"{miles:,} miles"

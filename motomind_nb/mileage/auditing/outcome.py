"""The findings of the mileage stage: what differs fails, what was odd before stays a warning.

Every vehicle is judged: one finding for each cause counts its vehicles and names a few, mileage.csv
lists all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from motomind_nb.core import Finding, digest_of, examples

EQUAL = "mileage equal"
ODD = "mileage history"
NAIVE = "naive mileage"
REBUILT = "rebuilt mileage"
FILE = "mileage.csv"
Row = dict[str, Any]
Judged = tuple[str, str]  # the cause, and what is said of one vehicle


def findings(vehicles: pd.DataFrame) -> list[Finding]:
    """Return the findings of the audited vehicles; columns as `audit` gives them. Reads only."""
    known = vehicles.astype(object).where(vehicles.notna(), None)
    rows: list[Row] = [
        {str(name): cell for name, cell in row.items()} for row in known.to_dict("records")
    ]
    return [
        *_equal(rows),
        *_by_cause(ODD, "logical", rows, _odd),
        *_by_cause(NAIVE, "the last reading of the whole history", rows, _naive),
        *_by_cause(REBUILT, "the last reading of the whole history", rows, _rebuilt),
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
        words = (f"readings {cause}", "the same readings on the same dates", "fail")
        yield _counted(EQUAL, words, causes[cause], len(rows))
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


def _odd(row: Row) -> Judged | None:
    """Return why a history is not logical, equal before and after."""
    if row["verdict"] == "logical" or row["after_readings"] == 0:
        return None
    return str(row["verdict"]), str(row["reason"])


def _naive(row: Row) -> Judged | None:
    """Return what the legacy view shows where it is not the mileage of the history.

    A vehicle that the view leaves out is no warning: it shows nothing wrong.
    """
    if row["naive_before_miles"] in (row["before_miles"], None):
        return None
    said = f"{_miles(row['naive_before_miles'])} instead of {_miles(row['before_miles'])}"
    return "the newest row of vehicle_events is another reading", said


def _rebuilt(row: Row) -> Judged | None:
    """Return what the rebuilt view shows where it is not the mileage of the history."""
    if row["naive_after_miles"] in (row["after_miles"], None):
        return None
    said = f"{_miles(row['naive_after_miles'])} instead of {_miles(row['after_miles'])}"
    cause = (
        "the view shows the last reading that never decreases; the history also weighs rates,"
        " lines and the tolerance"
    )
    return cause, said


def _by_cause(
    check: str, expected: str, rows: list[Row], judge: Callable[[Row], Judged | None]
) -> Iterator[Finding]:
    """Yield a warning for each cause of a check, ok where it has nothing to say."""
    causes: dict[str, list[tuple[Row, str]]] = {}
    for row in rows:
        judged = judge(row)
        if judged is not None:
            causes.setdefault(judged[0], []).append((row, judged[1]))
    for cause in sorted(causes):
        yield _counted(check, (cause, expected, "warn"), causes[cause], len(rows))
    if not causes:
        yield Finding(check, "all vehicles", "nothing to say", "nothing to say", "ok")


def _counted(
    check: str, words: tuple[str, str, str], found: list[tuple[Row, str]], total: int
) -> Finding:
    """Return the finding of all vehicles of one cause; ``words``: cause, expected, status."""
    cause, expected, status = words
    number = len(found)
    said = [f"{_named(row)}: {text}" for row, text in found]
    return Finding(
        check,
        cause,
        expected,
        f"{number:,} of {total:,} vehicles",
        status,
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

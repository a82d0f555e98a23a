"""The findings of the mileage stage: what differs fails, what was odd before stays a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from motomind_nb.core import Finding

EQUAL = "mileage equal"
ODD = "mileage history"
NAIVE = "naive mileage"
REBUILT = "rebuilt mileage"
MOST_WARNINGS = 100
Row = dict[str, Any]


def findings(vehicles: pd.DataFrame) -> list[Finding]:
    """Return the findings of the audited vehicles; columns as `audit` gives them. Reads only."""
    known = vehicles.astype(object).where(vehicles.notna(), None)
    rows: list[Row] = [
        {str(name): cell for name, cell in row.items()} for row in known.to_dict("records")
    ]
    different = [row for row in rows if not row["equal"]]
    return [
        _summary(len(rows), len(different)),
        *(_different(row) for row in different),
        *_some(ODD, rows, _odd),
        *_some(NAIVE, rows, _naive),
        *_some(REBUILT, rows, _rebuilt),
    ]


def _summary(count: int, different: int) -> Finding:
    expected = f"{count} vehicles with equal readings"
    if count == 0:
        return Finding(EQUAL, "all vehicles", expected, "no vehicles", "warn", "nothing compared")
    actual = f"{count - different} vehicles with equal readings"
    status = "ok" if different == 0 else "fail"
    return Finding(EQUAL, "all vehicles", expected, actual, status, "matched one to one by id")


def _different(row: Row) -> Finding:
    """Return the failure of a vehicle whose readings differ."""
    expected, actual = (
        f"{row[f'{side}_readings']} readings, current {_miles(row[f'{side}_miles'])}"
        for side in ("before", "after")
    )
    detail = (
        f"{row['cause']}: first on {row['first_date']}, {row['source_table']} {row['source_id']}"
    )
    return Finding(EQUAL, _subject(row), expected, actual, "fail", detail)


def _odd(row: Row) -> Finding | None:
    """Return the warning for a history that is not logical, equal before and after."""
    if row["verdict"] == "logical" or row["after_readings"] == 0:
        return None
    return Finding(ODD, _subject(row), "logical", row["verdict"], "warn", row["reason"])


def _naive(row: Row) -> Finding | None:
    """Return the warning for a legacy view that shows another mileage than the history.

    A vehicle that the view leaves out is no warning: it shows nothing wrong.
    """
    if row["naive_before_miles"] in (row["before_miles"], None):
        return None
    detail = "the newest row of vehicle_events is not the last reading of the whole history"
    return Finding(
        NAIVE,
        _subject(row),
        _miles(row["before_miles"]),
        _miles(row["naive_before_miles"]),
        "warn",
        detail,
    )


def _rebuilt(row: Row) -> Finding | None:
    """Return the warning for a rebuilt view that shows another mileage than the history."""
    if row["naive_after_miles"] in (row["after_miles"], None):
        return None
    detail = (
        "the view shows the last reading that never decreases; the history also weighs rates,"
        " lines and the tolerance"
    )
    return Finding(
        REBUILT,
        _subject(row),
        _miles(row["after_miles"]),
        _miles(row["naive_after_miles"]),
        "warn",
        detail,
    )


def _some(check: str, rows: list[Row], judge: Callable[[Row], Finding | None]) -> Iterator[Finding]:
    """Yield the warnings of a check, at most so many, and one that counts the rest."""
    found = [finding for row in rows if (finding := judge(row)) is not None]
    yield from found[:MOST_WARNINGS]
    if not found:
        yield Finding(check, "all vehicles", "nothing to say", "nothing to say", "ok")
    if len(found) > MOST_WARNINGS:
        rest = f"{len(found) - MOST_WARNINGS} more"
        yield Finding(check, "other vehicles", "none", rest, "warn", "all are in mileage.csv")


def _subject(row: Row) -> str:
    return f"vehicle {row['vehicle_id']}"


def _miles(miles: object) -> str:
    return "no reading" if miles is None else f"{miles} miles"

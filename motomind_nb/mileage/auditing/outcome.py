"""The findings of the mileage stage: what differs fails, what was odd before stays a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd

from motomind_nb.core import Finding
from motomind_nb.mileage.history import NOTE, WARN, Remark

EQUAL = "mileage equal"
ODD = "mileage history"
SMALL = "mileage remarks"
NAIVE = "naive mileage"
REBUILT = "rebuilt mileage"
MOST_WARNINGS = 100
Row = dict[str, Any]
Remarks = dict[UUID, list[Remark]]


def findings(vehicles: pd.DataFrame, remarks: Remarks) -> list[Finding]:
    """Return the findings of the audited vehicles; columns as `audit` gives them. Reads only.

    `remarks`: what there is to say of each vehicle of the rebuilt side.
    """
    known = vehicles.astype(object).where(vehicles.notna(), None)
    rows: list[Row] = [
        {str(name): cell for name, cell in row.items()} for row in known.to_dict("records")
    ]
    different = [row for row in rows if not row["equal"]]
    return [
        _summary(len(rows), len(different)),
        *(_different(row) for row in different),
        *_some(ODD, rows, partial(_odd, remarks)),
        *_some(SMALL, rows, partial(_small, remarks)),
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
        f" ({row['causes']})"
    )
    return Finding(EQUAL, _subject(row), expected, actual, "fail", detail)


def _odd(remarks: Remarks, row: Row) -> Finding | None:
    """Return the warning for a vehicle with grave events, be it logical or not."""
    return _told(ODD, WARN, remarks.get(row["vehicle_id"], []), row)


def _small(remarks: Remarks, row: Row) -> Finding | None:
    """Return the note for a vehicle with events that are information only."""
    return _told(SMALL, NOTE, remarks.get(row["vehicle_id"], []), row)


def _told(check: str, status: str, remarks: list[Remark], row: Row) -> Finding | None:
    mine = [remark for remark in remarks if remark.status == status]
    if not mine or row["after_readings"] == 0:
        return None
    detail = "; ".join(remark.text for remark in mine)
    actual = f"{row['verdict']}; {', '.join(dict.fromkeys(remark.kind for remark in mine))}"
    return Finding(check, _subject(row), "logical, no event", actual, status, detail)


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
    if row["naive_after_miles"] == row["after_miles"]:
        return None
    detail = "the view shows the last undisputed reading, and the history believes another"
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

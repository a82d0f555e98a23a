"""Readings out of a frame: every column checked and turned into numbers.

Frames come with text, dates, times and gaps of many dtypes; everything behind this module works
on plain integer arrays, because a million readings must take seconds.
"""

from __future__ import annotations

from datetime import time, timedelta

import numpy as np
import pandas as pd

from motomind_nb.core import MotomindError, rows_counted
from motomind_nb.mileage.readings.dates import day_number
from motomind_nb.mileage.readings.readings import (
    DAY,
    NO_MILES,
    NO_TIME,
    Integers,
    Readings,
    Unordered,
    ordered,
)
from motomind_nb.mileage.rules import Rules

REQUIRED = ("vehicle_id", "date", "time", "miles", "source")
LARGEST = 2**31 - 1


def from_frame(frame: pd.DataFrame, rules: Rules) -> Readings:
    """Return the frame's readings, checked and ordered. The frame stays as it is.

    Columns: vehicle_id (any), date (dates, datetimes, or text as ISO or PostgreSQL write it),
    time (times, ISO text or seconds, nullable), miles (whole miles, nullable), source (text).

    Raises: MotomindError, one line, when a column is missing, empty where it must not be, or not
    of a kind that can be read.
    """
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise _unreadable(
            "the columns " + ", ".join(REQUIRED), "no " + ", ".join(missing), "add what is missing"
        )
    _refuse_gaps(frame)
    vehicle, vehicles = _codes(frame["vehicle_id"])
    source, names = _codes(frame["source"].astype(str))
    rank, sources = _by_trust([str(name) for name in names], rules)
    found = Unordered(
        vehicles,
        sources,
        vehicle=vehicle,
        day=day_numbers(frame["date"]),
        seconds=_seconds(frame["time"]),
        miles=_miles(frame["miles"]),
        source=rank[source] if len(rank) else source,
    )
    return ordered(found, rules)


def _unreadable(expected: str, found: str, action: str) -> MotomindError:
    return MotomindError("readings", expected, found, action)


def _refuse_gaps(frame: pd.DataFrame) -> None:
    for name in ("vehicle_id", "date", "source"):
        gaps = int(frame[name].isna().sum())
        if gaps:
            raise _unreadable(
                f"a {name} in every row", f"{rows_counted(gaps)} without", "fill or drop them"
            )


def _codes(column: pd.Series) -> tuple[Integers, pd.Index]:
    codes, uniques = pd.factorize(column, sort=True)
    return codes.astype(np.int64), pd.Index(uniques)


def _by_trust(names: list[str], rules: Rules) -> tuple[Integers, tuple[str, ...]]:
    """Return each name's rank of trust and the names in that order."""
    known = {name: rank for rank, name in enumerate(rules.source_order)}
    sources = sorted(names, key=lambda name: (known.get(name, len(known)), name))
    return np.array([sources.index(name) for name in names], dtype=np.int64), tuple(sources)


def day_numbers(column: pd.Series) -> Integers:
    """Return days since 1970-01-01 for dates, datetimes or ISO text.

    Raises: MotomindError when a value can't be read as a date.
    """
    values = column
    if not pd.api.types.is_datetime64_any_dtype(column):
        if pd.api.types.is_numeric_dtype(column) and len(column):
            raise _unreadable("dates in column date", f"{column.dtype}", "convert them to dates")
        codes, uniques = pd.factorize(column)
        try:
            days = np.array([day_number(value) for value in uniques], dtype=np.int64)
        except ValueError as error:
            raise _unreadable("dates in column date", str(error), "use YYYY-MM-DD") from None
        return days[codes] if len(days) else codes
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        values = column.dt.tz_localize(None)
    return values.to_numpy(dtype="datetime64[D]").astype(np.int64)


def _seconds(column: pd.Series) -> Integers:
    """Return seconds since midnight, -1 where there is no time."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
        whole = np.where(np.isnan(numbers), NO_TIME, numbers).astype(np.int64)
    else:
        codes, uniques = pd.factorize(column)
        known = np.array([*(_second_of(value) for value in uniques), NO_TIME], dtype=np.int64)
        whole = known[codes]
    if len(whole) and not (whole.min() >= NO_TIME and whole.max() <= DAY):
        raise _unreadable("times of day", "seconds outside 0 to 86400", "correct them")
    return whole


def _second_of(value: object) -> int:
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    try:
        hours, minutes, *seconds = str(value).split(":")
        return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds[0]) if seconds else 0)
    except ValueError:
        raise _unreadable("times of day in column time", repr(value), "use HH:MM:SS") from None


def _miles(column: pd.Series) -> Integers:
    """Return whole miles, NO_MILES where there are none."""
    if column.isna().all():
        return np.full(len(column), NO_MILES, dtype=np.int64)
    if pd.api.types.is_bool_dtype(column) or not (
        pd.api.types.is_numeric_dtype(column) or pd.api.types.infer_dtype(column) == "integer"
    ):
        raise _unreadable("numbers in column miles", f"{column.dtype}", "convert them to numbers")
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isinf(numbers).any():
        raise _unreadable("finite numbers in column miles", "infinity", "correct or drop them")
    whole = np.rint(np.clip(np.where(np.isnan(numbers), 0, numbers), -LARGEST, LARGEST))
    return np.where(np.isnan(numbers), NO_MILES, whole.astype(np.int64))

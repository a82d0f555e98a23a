"""Readings out of a frame: every column checked and turned into numbers.

Frames come with text, dates, times and gaps of many dtypes; everything behind this module works
on plain integer arrays, because a million readings must take seconds. What can't be read without
a doubt is refused, with its column and row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from typing import NoReturn

import numpy as np
import pandas as pd

from motomind_nb.core import MotomindError, rows_counted
from motomind_nb.mileage.readings.dates import day_number, plain_day_number
from motomind_nb.mileage.readings.readings import (
    DAY,
    NO_MILES,
    NO_TIME,
    Flags,
    Integers,
    Readings,
    Unordered,
    sort_readings,
)
from motomind_nb.mileage.rules import Rules

REQUIRED = ("vehicle_id", "date", "miles", "source")
LARGEST = 2**31 - 1
# from the year of the first car on
FIRST_DAY, LAST_DAY = day_number("1885-01-01"), day_number("2100-12-31")


def from_frame(frame: pd.DataFrame, rules: Rules, any_date: bool = False) -> Readings:
    """Return the frame's readings, checked and ordered. The frame stays as it is.

    Columns: vehicle_id (of one kind), date (dates, datetimes, or text as YYYY-MM-DD, 1885 to 2100;
    with `any_date` any that PostgreSQL writes), time (times, ISO text or seconds, nullable; the
    column may be missing), miles (whole, 32 bits, nullable), source (text).

    Raises: MotomindError, one line, when a column is missing, empty where it must not be, or not
    of a kind that can be read.
    """
    _refuse_other_shapes(frame)
    for name in ("vehicle_id", "date", "source"):
        _refuse(frame[name].isna(), frame[name], f"a {name} in every row", "fill or drop them")
    vehicle, vehicles = _codes(frame["vehicle_id"])
    source, names = _codes(frame["source"].astype(str))
    rank, sources = _by_trust([str(name) for name in names], rules)
    missing = pd.Series(None, index=frame.index, dtype="object")
    found = Unordered(
        vehicles,
        sources,
        vehicle=vehicle,
        day=day_numbers(frame["date"], any_date),
        seconds=_seconds(frame["time"] if "time" in frame.columns else missing),
        miles=_miles(frame["miles"]),
        source=rank[source] if len(rank) else source,
    )
    return sort_readings(found, rules)


def _unreadable(expected: str, found: str, action: str) -> MotomindError:
    return MotomindError("readings", expected, found, action)


def _refuse_other_shapes(frame: object) -> None:
    """Refuse what is no frame, lacks a column, or has one twice."""
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        raise _unreadable("a pandas DataFrame", f"a {kind}", "put the readings into one")
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise _unreadable(
            "the columns " + ", ".join(REQUIRED), "no " + ", ".join(missing), "add what is missing"
        )
    twice = frame.columns[frame.columns.duplicated()].intersection([*REQUIRED, "time", "id"])
    if len(twice):
        raise _unreadable("each column once", f"{twice[0]} twice", "drop or rename one")


def _refuse(wrong: pd.Series | Flags, column: pd.Series, expected: str, action: str) -> None:
    """Refuse the rows that are wrong, if any, naming the first."""
    place = np.flatnonzero(np.asarray(wrong, dtype=bool))
    if len(place):
        value, row = column.iloc[place[0]], column.index[place[0]]
        found = f"{rows_counted(len(place))} without, first row {row!r}: {value!r}"
        raise _unreadable(f"{expected} (column {column.name})", found, action)


def _codes(column: pd.Series) -> tuple[Integers, pd.Index]:
    """Return the number of each row's value, and the values in order."""
    try:
        codes, uniques = pd.factorize(column, sort=True)
    except TypeError:
        kinds = sorted({type(value).__name__ for value in column})
        raise _unreadable(
            f"values of one kind in column {column.name}", ", ".join(kinds), "convert the column"
        ) from None
    if len({type(value) for value in uniques}) > 1:
        kinds = sorted({type(value).__name__ for value in uniques})
        raise _unreadable(
            f"values of one kind in column {column.name}", ", ".join(kinds), "convert the column"
        )
    index = pd.Index(uniques)
    plain = isinstance(index, pd.CategoricalIndex)
    return codes.astype(np.int64), pd.Index(index.to_numpy()) if plain else index


def _by_trust(names: list[str], rules: Rules) -> tuple[Integers, tuple[str, ...]]:
    """Return each name's rank of trust and the names in that order."""
    known = {name: rank for rank, name in enumerate(rules.source_order)}
    sources = sorted(names, key=lambda name: (known.get(name, len(known)), name))
    place = {name: rank for rank, name in enumerate(sources)}
    return np.array([place[name] for name in names], dtype=np.int64), tuple(sources)


def day_numbers(column: pd.Series, any_date: bool = False) -> Integers:
    """Return days since 1970-01-01 for dates, datetimes or ISO text.

    Raises: MotomindError when a value can't be read as a date.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(column.dtype):
        days = column.to_numpy(dtype="datetime64[D]").astype(np.int64)
    else:
        days = _of_distinct(column, day_number if any_date else plain_day_number, "YYYY-MM-DD")
    if not any_date:
        wrong = (days < FIRST_DAY) | (days > LAST_DAY)
        _refuse(wrong, column, "dates from 1885 to 2100", "correct or drop them")
    return days


def _of_distinct(column: pd.Series, read: Callable[[object], int], form: str) -> Integers:
    """Return the number of each value; each distinct one is read once."""
    codes, uniques = pd.factorize(column)
    numbers = np.zeros(len(uniques) + 1, dtype=np.int64)
    numbers[-1] = NO_TIME
    for place, value in enumerate(uniques):
        try:
            numbers[place] = read(value)
        except (ValueError, TypeError, ArithmeticError):
            what = {"date": "dates", "time": "times of day"}.get(str(column.name), "values")
            _refuse(codes == place, column, f"{what} in column {column.name}", f"use {form}")
    return numbers[codes]


def _seconds(column: pd.Series) -> Integers:
    """Return seconds since midnight, -1 where there is no time."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
        whole = np.where(np.isnan(numbers), NO_TIME, numbers).astype(np.int64)
    else:
        whole = _of_distinct(column, _second_of, "HH:MM:SS")
    wrong = (whole < NO_TIME) | (whole > DAY)
    _refuse(wrong, column, "times of day, seconds from 0 to 86400", "correct them")
    return whole


def _second_of(value: object) -> int:
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    hours, minutes, *seconds = str(value).split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds[0]) if seconds else 0)


def _miles(column: pd.Series) -> Integers:
    """Return whole miles, NO_MILES where there are none."""
    gaps = column.isna().to_numpy(dtype=bool)
    if gaps.all():
        return np.full(len(column), NO_MILES, dtype=np.int64)
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if pd.api.types.is_bool_dtype(column):
        _refuse_miles(column)
    if not pd.api.types.is_numeric_dtype(column):
        column = pd.Series(
            [np.nan if gap else _number(value) for value, gap in zip(column, gaps, strict=True)],
            index=column.index,
            name=column.name,
        )
        if column.isna().to_numpy(dtype=bool)[~gaps].any():
            _refuse_miles(column)
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse(np.isinf(numbers), column, "finite numbers", "correct or drop them")
    known = np.where(gaps, 0, numbers)
    _refuse(known != np.rint(known), column, "whole miles", "round them first")
    _refuse(np.abs(known) > LARGEST, column, "miles within 32 bits", "correct or drop them")
    return np.where(gaps, NO_MILES, known.astype(np.int64))


def _number(value: object) -> float:
    """Return a Python number as it is; anything else is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | np.number):
        return np.nan
    try:
        return float(value)
    except (InvalidOperation, OverflowError):
        return np.inf


def _refuse_miles(column: pd.Series) -> NoReturn:
    raise _unreadable("numbers in column miles", f"{column.dtype}", "convert them to numbers")

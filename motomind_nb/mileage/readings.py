"""Readings as columns of numbers: checked, ordered by vehicle and time, nothing of the input kept.

Frames come with text, dates, times and gaps of many dtypes; everything behind this module works
on plain integer arrays, because a million readings must take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.errors import MotomindError
from motomind_nb.mileage.rules import Rules
from motomind_nb.tables import counted

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

REQUIRED = ("vehicle_id", "date", "time", "miles", "source")
NO_TIME = -1
NO_MILES = -(2**40)
DAY = 86_400
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Readings:
    """Readings in the order of their vehicle, date, true time (else miles).

    Columns:
        vehicle: int64, index into `vehicles`; non-decreasing.
        day: int64, days since 1970-01-01, local.
        seconds: int64, since local midnight; -1 where no true time is known.
        moment: int64, seconds since 1970-01-01, the day's readings in order and spread over it.
        miles: int64, miles; NO_MILES where there is none.
        source: int64, index into `sources`, which start with the most trusted.
        row: int64, position in the input.
    """

    vehicles: pd.Index
    sources: tuple[str, ...]
    vehicle: Integers
    day: Integers
    seconds: Integers
    moment: Integers
    miles: Integers
    source: Integers
    row: Integers

    def __len__(self) -> int:
        return len(self.row)

    @property
    def valid(self) -> Flags:
        """True where the miles are a reading at all: neither missing, zero nor negative."""
        return self.miles > 0


def from_frame(frame: pd.DataFrame, rules: Rules) -> Readings:
    """Return the frame's readings, checked and ordered. The frame stays as it is.

    Columns: vehicle_id (any), date (dates, datetimes or ISO text), time (times, ISO text or
    seconds, nullable), miles (whole miles, nullable), source (text).

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
    return ordered(
        (vehicles, sources),
        (vehicle, day_numbers(frame["date"]), _seconds(frame["time"])),
        (_miles(frame["miles"]), rank[source] if len(rank) else source),
        rules,
    )


def ordered(
    names: tuple[pd.Index, tuple[str, ...]],
    place: tuple[Integers, Integers, Integers],
    what: tuple[Integers, Integers],
    rules: Rules,
) -> Readings:
    """Return readings in order, from columns (vehicle, day, seconds) and (miles, source).

    `names` are the vehicles and the sources that the columns' numbers stand for.
    """
    vehicle, day, seconds = place
    miles, source = what
    seconds = _true_times(vehicle, source, seconds, rules)
    order, moment = _order(vehicle, day, seconds, miles)
    return Readings(
        *names,
        vehicle=vehicle[order],
        day=day[order],
        seconds=seconds[order],
        moment=moment[order],
        miles=miles[order],
        source=source[order],
        row=order,
    )


def _unreadable(expected: str, found: str, action: str) -> MotomindError:
    return MotomindError("readings", expected, found, action)


def _refuse_gaps(frame: pd.DataFrame) -> None:
    for name in ("vehicle_id", "date", "source"):
        gaps = int(frame[name].isna().sum())
        if gaps:
            raise _unreadable(
                f"a {name} in every row", f"{counted(gaps)} without", "fill or drop them"
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
            days = np.array([np.datetime64(str(value)[:10], "D") for value in uniques])
        except ValueError as error:
            raise _unreadable("dates in column date", str(error), "use YYYY-MM-DD") from None
        return days.astype("datetime64[D]").astype(np.int64)[codes] if len(days) else codes
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


def _true_times(vehicle: Integers, source: Integers, seconds: Integers, rules: Rules) -> Integers:
    """Return the seconds, -1 also where a time of day is only a default.

    Midnight is one. So is a time that all of many readings of one vehicle and source share, give
    or take the hour of daylight saving.
    """
    known = np.where(seconds == 0, NO_TIME, seconds)
    timed = np.flatnonzero(known >= 0)
    groups = vehicle[timed] * (int(source.max(initial=0)) + 1) + source[timed]
    found = pd.Series(known[timed]).groupby(groups, sort=False)
    spread = found.transform("max") - found.transform("min")
    constant = spread.isin([0, 3600]) & (found.transform("size") >= rules.constant_time_readings)
    known[timed[constant.to_numpy(dtype=bool)]] = NO_TIME
    return known


def _order(
    vehicle: Integers, day: Integers, seconds: Integers, miles: Integers
) -> tuple[Integers, Integers]:
    """Return the order of the readings and, per input row, the moment that puts it there.

    On a day whose readings all have a true time that gives the order, on any other the miles do.
    Either way the readings are spread over the day: a driver may note one minute before midnight
    what another notes in the morning, and a rate per day must not depend on it.
    """
    span = int(day.max(initial=0)) - int(day.min(initial=0)) + 1
    date = vehicle * span + (day - int(day.min(initial=0)))
    order = np.argsort(date, kind="stable")
    moment = day * DAY + DAY // 2
    change = np.flatnonzero(np.diff(date[order], prepend=-1))
    size = np.diff(np.append(change, len(order)))
    shared = np.repeat(size > 1, size)
    rows = order[shared]
    if len(rows):
        sizes = size[size > 1]
        starts = np.cumsum(sizes) - sizes
        timed = np.repeat(np.minimum.reduceat(seconds[rows], starts) >= 0, sizes)
        inside = np.lexsort((miles[rows], np.where(timed, seconds[rows], 0), date[rows]))
        order[shared] = rows[inside]
        rank = np.arange(len(rows)) - np.repeat(starts, sizes)
        spread = DAY * (2 * rank + 1) // (2 * np.repeat(sizes, sizes))
        moment[order[shared]] = day[order[shared]] * DAY + spread
    return order, moment

"""Readings as columns of numbers: ordered by vehicle and true time, nothing of the input kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.mileage.rules import Rules

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO_TIME = -1
NO_MILES = -(2**40)
DAY = 86_400


@dataclass(frozen=True)
class Unordered:
    """Readings as they were read, in any order.

    Columns:
        vehicle: int64, index into `vehicles`.
        day: int64, days since 1970-01-01, local.
        seconds: int64, since local midnight, perhaps only a default; -1 where there are none.
        miles: int64, miles; NO_MILES where there is none.
        source: int64, index into `sources`, which start with the most trusted.
    """

    vehicles: pd.Index
    sources: tuple[str, ...]
    vehicle: Integers
    day: Integers
    seconds: Integers
    miles: Integers
    source: Integers


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


def sort_readings(found: Unordered, rules: Rules) -> Readings:
    """Return the readings in order; a time that is only a default counts as none. Reads only."""
    seconds = _true_times(found, rules)
    order, moment = _order(found.vehicle, found.day, seconds, found.miles)
    return Readings(
        found.vehicles,
        found.sources,
        vehicle=found.vehicle[order],
        day=found.day[order],
        seconds=seconds[order],
        moment=moment[order],
        miles=found.miles[order],
        source=found.source[order],
        row=order,
    )


def _true_times(read: Unordered, rules: Rules) -> Integers:
    """Return the seconds, -1 also where a time of day is only a default.

    Midnight is one, and noon. So is a time that most readings of one vehicle and source share, or
    most of a part of them, and a time that all share give or take the hour of daylight saving.
    """
    vehicle, source, day, seconds = read.vehicle, read.source, read.day, read.seconds
    known = np.where(np.isin(seconds, rules.default_times), NO_TIME, seconds)
    timed = np.flatnonzero(known >= 0)
    groups = vehicle[timed] * (int(source.max(initial=0)) + 1) + source[timed]
    found = pd.Series(known[timed]).groupby(groups, sort=False)
    spread = found.transform("max") - found.transform("min")
    many = found.transform("size") >= rules.constant_time_readings
    constant = (spread.isin([0, rules.clock_change_seconds]) & many).to_numpy(dtype=bool)
    constant = constant | _shared_times(groups, day[timed], known[timed], rules)
    known[timed[constant]] = NO_TIME
    return known


def _shared_times(groups: Integers, day: Integers, seconds: Integers, rules: Rules) -> Flags:
    """Return the readings with a time that most of a part of their group share."""
    by_day = np.lexsort((day, groups))
    rank = np.empty(len(groups), dtype=np.int64)
    rank[by_day] = np.arange(len(groups))
    order = np.lexsort((rank, seconds, groups))
    change = np.diff(groups[order], prepend=-1) != 0
    change |= np.diff(seconds[order], prepend=-1) != 0
    first = np.flatnonzero(change)
    size = np.diff(np.append(first, len(order)))
    part = rank[order[first + size - 1]] - rank[order[first]] + 1 if len(first) else size
    shared = size >= np.maximum(rules.constant_time_readings, rules.constant_time_share * part)
    found = np.zeros(len(groups), dtype=np.bool_)
    found[order] = np.repeat(shared, size)
    return found


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

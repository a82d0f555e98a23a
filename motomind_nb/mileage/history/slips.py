"""Dates one slip of the finger away: the miles fit exactly where another date leads.

Wrong miles would fit somewhere else by chance as well. So a date is suspected only where the
reading stands between two that follow one another as usual, or beyond all others, and where a
reading is missing at its own place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.readings import FIRST_DAY, LAST_DAY, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]
NO_DAY = np.iinfo(np.int64).min
NONE = -1
SPAN = 2**17  # more days than from 1885 to 2100
FIRST_YEAR, LAST_YEAR = 1885, 2100


@dataclass(frozen=True)
class Held:
    """The readings on chains, in order of chain, day and miles.

    Columns: key (chain and day), miles, day (since 1885); int64. usual: float64, the middle gap in
    days between two readings of the chain.
    """

    key: Integers
    miles: Integers
    day: Integers
    usual: Floats

    def around(self, label: Integers, day: Integers) -> tuple[Integers, Integers]:
        """Return the places of the last reading to a day and the first from it on, or NONE."""
        key = label * SPAN + day
        before = np.searchsorted(self.key, key, side="right") - 1
        after = np.searchsorted(self.key, key, side="left")
        after[after == len(self.key)] = NONE
        for place in (before, after):
            place[(place < 0) | (self.key[place] // SPAN != label)] = NONE
        return before, after


@dataclass(frozen=True)
class Wanted:
    """The readings that look for a place. Columns: label (their chain), miles; int64."""

    label: Integers
    miles: Integers


def slipped_dates(history: History, off: Integers, rules: Rules) -> Integers:
    """Return, for readings off their chains, the day that one slip of the date explains, or NO_DAY.

    Days are counted from 1970-01-01. Reads only.
    """
    readings = history.readings
    found = np.full(len(off), NO_DAY, dtype=np.int64)
    label = readings.vehicle * (int(history.line.max(initial=0)) + 1) + history.line
    plain = (readings.day >= FIRST_DAY) & (readings.day <= LAST_DAY)
    on = np.flatnonzero(history.on_chain & (history.original < 0) & plain)
    place = np.flatnonzero(plain[off])
    if not len(on) or not len(place):
        return found
    held = _held(label[on], readings.day[on] - FIRST_DAY, readings.miles[on])
    before, after = held.around(label[off[place]], readings.day[off[place]] - FIRST_DAY)
    gap = held.day[after] - held.day[before]
    full = gap < rules.empty_gap_factor * held.usual[before]
    place = place[(before == NONE) | (after == NONE) | full]
    wanted = Wanted(label[off[place]], readings.miles[off[place]])
    least = np.full(len(place), np.inf)
    for other in _other_days(readings.day[off[place]]):
        empty = _gap_around(held, other - FIRST_DAY, wanted, rules)
        better = empty < least
        found[place[better]], least[better] = other[better], empty[better]
    return found


def _held(label: Integers, day: Integers, miles: Integers) -> Held:
    order = np.lexsort((miles, day, label))
    label, day, miles = label[order], day[order], miles[order]
    gap = np.diff(day, append=0)
    inside = np.flatnonzero(np.diff(label, append=-1) == 0)
    ordered = inside[np.lexsort((gap[inside], label[inside]))]
    first = np.flatnonzero(np.diff(label[ordered], prepend=-1))
    count = np.diff(np.append(first, len(ordered)))
    usual = np.full(len(label), np.inf)
    middle = gap[ordered[first + count // 2]].astype(np.float64) if len(first) else gap[:0]
    number = np.searchsorted(label[ordered[first]], label)
    known = np.append(label[ordered[first]], -1)[number] == label
    usual[known] = np.append(np.maximum(middle, 1), np.inf)[number[known]]
    return Held(label * SPAN + day, miles, day, usual)


def _gap_around(held: Held, day: Integers, wanted: Wanted, rules: Rules) -> Floats:
    """Return the days between the readings around a day, infinity where the miles do not fit."""
    before, after = held.around(wanted.label, np.clip(day, 0, SPAN - 1))
    inside = (before != NONE) & (after != NONE) & (day >= 0)
    gap = (held.day[after] - held.day[before]).astype(np.float64)
    fits = inside & (wanted.miles >= held.miles[before]) & (wanted.miles <= held.miles[after])
    fits &= gap >= rules.empty_gap_factor * held.usual[before]
    return np.where(fits, gap, np.inf)


def _other_days(day: Integers) -> Iterator[Integers]:
    """Yield the days whose date differs in one digit of the month or the year, or in the order of
    two digits of the year; NO_DAY where there is no such date.
    """
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    of_month = day - months.astype("datetime64[D]").astype(np.int64)
    for place in (1, 10, 100, 1000):
        for digit in range(10):
            other = year + (digit - year // place % 10) * place
            yield _day(other, month, of_month, other != year)
    for place in (1, 10):
        low, high = year // place % 10, year // (10 * place) % 10
        other = year + (high - low) * place + (low - high) * 10 * place
        yield _day(other, month, of_month, other != year)
    for wanted in range(1, 13):
        digits = (month % 10 != wanted % 10).astype(int) + (month // 10 != wanted // 10)
        yield _day(year, np.full_like(month, wanted), of_month, digits == 1)


def _day(
    year: Integers, month: Integers, of_month: Integers, wanted: npt.NDArray[np.bool_]
) -> Integers:
    """Return the days since 1970-01-01, NO_DAY where the month is shorter or nobody wants it."""
    known = wanted & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    months = (np.where(known, year, 2000) - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    known &= of_month < following - first
    return np.where(known, first + of_month, NO_DAY)

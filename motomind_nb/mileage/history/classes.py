"""The class of every reading, and a suggested value where one slip explains it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage import rules as names
from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.history.slips import NO_DAY, slipped_dates
from motomind_nb.mileage.lines import NOTHING, nearest_one_slip_values
from motomind_nb.mileage.readings import Flags, Integers, kinds
from motomind_nb.mileage.rules import Rules

CODE = {name: number for number, name in enumerate(names.CLASSES)}


@dataclass(frozen=True)
class Classes:
    """Columns: code (int8, index into rules.CLASSES), suggestion (int64: miles, for class
    date YYYYMMDD, -1 for none)."""

    code: Integers
    suggestion: Integers


def classify_readings(history: History, rules: Rules) -> Classes:
    """Return class and suggestion of every reading, in the readings' order. Reads only."""
    readings = history.readings
    code = np.full(len(readings), CODE[names.ON_CHAIN], dtype=np.int64)
    suggestion = np.full(len(readings), NOTHING, dtype=np.int64)
    code[_same_day(history)] = CODE[names.SAME_DAY]
    for _, kind, place in history.events:
        if history.on_chain[place] and kind != kinds.MERGED:
            rolled = kind == kinds.ROLLED_OVER
            code[place] = CODE[names.ROLLOVER if rolled else names.STEP]
    off = np.flatnonzero(readings.valid & ~history.on_chain & (history.line > 0))
    code[off] = np.where(_runs(history, off) > rules.spike_readings, CODE["step"], CODE["spike"])
    found = _slips(history, off)
    suggestion[off] = found
    code[off[found >= 0]] = CODE[names.DIGIT]
    end = off[(history.after[off] < 0) | (history.before[off] < 0)]
    code[end[code[end] != CODE[names.STEP]]] = CODE[names.UNDECIDED]
    suggestion[end] = NOTHING
    day = slipped_dates(history, off, rules)
    slipped = off[day != NO_DAY]
    code[slipped], suggestion[slipped] = CODE[names.DATE], _as_digits(day[day != NO_DAY])
    code[off[np.isin(readings.miles[off], rules.placeholders)]] = CODE[names.NO_READING]
    code[history.other_unit] = CODE[names.UNIT]
    code[readings.day > rules.latest_day] = CODE[names.FUTURE]
    code[~readings.valid] = CODE[names.NO_READING]
    suggestion[(code != CODE[names.DIGIT]) & (code != CODE[names.DATE])] = NOTHING
    proved = ~np.isin(readings.vehicle, history.never_in_miles)
    turned = np.flatnonzero((history.ratio != 1) & proved)
    suggestion[turned] = readings.miles[turned]
    copy = np.flatnonzero((history.original >= 0) & history.on_chain & ~history.other_unit)
    code[copy] = CODE[names.DUPLICATE]
    return Classes(code, suggestion)


def _as_digits(day: Integers) -> Integers:
    """Return days since 1970-01-01 as numbers that read YYYYMMDD."""
    dates = day.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    of_month = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray(year * 10_000 + month * 100 + of_month)


def _same_day(history: History) -> Flags:
    """Return readings that their miles, not the order of their times, put in their place.

    Without a true time a reading counts as the day's last, as a sort by time has it.
    """
    readings = history.readings
    flagged = np.zeros(len(readings), dtype=np.bool_)
    change = (np.diff(readings.vehicle, prepend=-1) != 0) | (np.diff(readings.day, prepend=0) != 0)
    starts = np.flatnonzero(change)
    size = np.diff(np.append(starts, len(readings)))
    place = np.flatnonzero(np.repeat(size > 1, size) & history.on_chain)
    if not len(place):
        return flagged
    seconds = readings.seconds[place]
    late = np.where(seconds < 0, 2**30, seconds)
    group = np.cumsum(change)[place]
    order = np.lexsort((readings.miles[place], late, group))
    highest = np.maximum.accumulate(group[order] * 2**32 + readings.miles[place][order])
    dips = readings.miles[place][order] < highest - group[order] * 2**32
    flagged[place[order[dips]]] = True
    return flagged


def _runs(history: History, off: Integers) -> Integers:
    """Return how many readings in a row, copies apart, are off the chain with each of `off`."""
    label = history.before[off] * len(history.line) + history.readings.vehicle[off]
    unique, inverse = np.unique(label, return_inverse=True)
    counts = np.bincount(inverse, weights=history.original[off] < 0, minlength=len(unique))
    return counts.astype(np.int64)[inverse]


def _slips(history: History, off: Integers) -> Integers:
    """Return suggested miles for readings off the chain that lie between two on it."""
    miles, moment = history.readings.miles, history.readings.moment
    before, after = history.before[off], history.after[off]
    found = np.full(len(off), NOTHING, dtype=np.int64)
    inside = (before >= 0) & (after >= 0)
    low, high, mine = before[inside], after[inside], off[inside]
    share = (moment[mine] - moment[low]) / np.maximum(moment[high] - moment[low], 1)
    expected = np.rint(miles[low] + share * (miles[high] - miles[low])).astype(np.int64)
    found[inside] = nearest_one_slip_values(miles[mine], miles[low], miles[high], expected)
    return found

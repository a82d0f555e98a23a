"""Likely duplicates: the same vehicle and miles in two sources within a day are one event.

Rows of one source are never each other's duplicates: two products bought at one stop share
vehicle, time and odometer and are two events.
"""

from __future__ import annotations

import numpy as np

from motomind_nb.mileage.readings.readings import Integers, Readings
from motomind_nb.mileage.rules import Rules


def match_repeated_readings(readings: Readings, rules: Rules) -> Integers:
    """Return for each reading the place of the one it repeats, or -1. Matching is one to one.

    The k-th row of a source pairs with the k-th row of the most trusted source that has as many
    rows with these miles in this stretch of days.
    """
    found = np.full(len(readings), -1, dtype=np.int64)
    order = np.lexsort((readings.day, readings.miles, readings.vehicle))
    order = order[readings.valid[order]]
    if not len(order):
        return found
    columns = (readings.vehicle[order], readings.miles[order], readings.day[order])
    vehicle, miles, day = (np.diff(column, prepend=-(2**40)) for column in columns)
    run = np.cumsum((vehicle != 0) | (miles != 0) | (day > rules.duplicate_days))
    shared = np.bincount(run)[run] > 1
    order, run = order[shared], run[shared]
    source, day = readings.source[order], readings.day[order]
    turn = _turns(run, source)
    inner = np.lexsort((day, source, turn, run))
    cluster = np.diff(run[inner], prepend=-1) + np.diff(turn[inner], prepend=-1) != 0
    cluster |= np.diff(run[inner], prepend=-1) != 0
    first = np.maximum.accumulate(np.where(cluster, np.arange(len(inner)), 0))
    copy = ~cluster & (np.abs(day[inner] - day[inner[first]]) <= rules.duplicate_days)
    found[order[inner[copy]]] = order[inner[first[copy]]]
    return found


def _turns(run: Integers, source: Integers) -> Integers:
    """Return 0 for a source's first row in its run, 1 for its second, and so on."""
    order = np.lexsort((source, run))
    change = (np.diff(run[order], prepend=-1) != 0) | (np.diff(source[order], prepend=-1) != 0)
    place = np.arange(len(order))
    turn = np.empty(len(order), dtype=np.int64)
    turn[order] = place - np.maximum.accumulate(np.where(change, place, 0))
    return turn

"""Matching the readings of two sides, one to one: the same ones first, then those of one id.

Ids that were given anew never beat readings that are the same. What is left is matched by vehicle
and miles within a day, by its miles and date under another vehicle (moved), by vehicle and miles on
any day where only one can be meant, then by vehicle and date with other miles (altered); the rest
is lost or added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from motomind_nb.mileage.readings import Flags, Integers

NO_MATE = -1


@dataclass(frozen=True)
class Rows:
    """Readings of one side, numbered so that both sides use the same numbers.

    Columns: vehicle, day (since 1970-01-01), miles (NO_MILES for none), ident (-1 for none);
    all int64.
    """

    vehicle: Integers
    day: Integers
    miles: Integers
    ident: Integers

    def __len__(self) -> int:
        return len(self.vehicle)

    def take(self, index: Integers) -> Rows:
        """Return some of the rows."""
        return Rows(self.vehicle[index], self.day[index], self.miles[index], self.ident[index])


def number_combinations(*columns: Integers) -> Integers:
    """Return one number per distinct combination of the columns' values."""
    found = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        numbers = pd.factorize(column)[0].astype(np.int64)
        found = pd.factorize(found * (int(numbers.max(initial=0)) + 1) + numbers)[0].astype(
            np.int64
        )
    return found


def match_by_id(before: Rows, after: Rows) -> Integers:
    """Return for each row before the place of the row after with the same id, or -1.

    An id that stands twice on a side matches nothing.
    """
    size = int(max(before.ident.max(initial=-1), after.ident.max(initial=-1))) + 1
    place = np.full(size + 1, NO_MATE, dtype=np.int64)
    place[after.ident] = np.arange(len(after))
    once = np.ones(size + 1, dtype=np.bool_)
    for side in (before, after):
        once[:size] &= np.bincount(side.ident[side.ident >= 0], minlength=size) == 1
    once[size] = False
    return np.where(once[before.ident], place[before.ident], NO_MATE)


def same_or_id(before: Rows, after: Rows) -> Integers:
    """Return for each row before the place of the row after that is the same or has its id, or -1.

    Where several are the same, the one with its id is meant.
    """
    found = match_by_id(before, after)
    pair = np.flatnonzero(found >= 0)
    same = np.ones(len(pair), dtype=np.bool_)
    for name in ("vehicle", "day", "miles"):
        same &= getattr(before, name)[pair] == getattr(after, name)[found[pair]]
    mate = np.full(len(before), NO_MATE, dtype=np.int64)
    mate[pair[same]] = found[pair[same]]
    return _step_by_step(before, after, mate, (_same_day, match_by_id))


def match_rows(before: Rows, after: Rows) -> Integers:
    """Return for each row before the place of its row after, or -1. Reads only."""
    mate = same_or_id(before, after)
    steps = (_in_turn, _day_before, _day_after, _elsewhere, _any_day, _altered)
    return _step_by_step(before, after, mate, steps)


def _step_by_step(
    before: Rows, after: Rows, mate: Integers, steps: Iterable[Callable[[Rows, Rows], Integers]]
) -> Integers:
    """Return the mates with those added that each step finds among the rows left."""
    for step in steps:
        left, right = np.flatnonzero(mate < 0), free_places(mate, len(after))
        if len(left) and len(right):
            found = step(before.take(left), after.take(right))
            mate[left[found >= 0]] = right[found[found >= 0]]
    return mate


def free_places(mate: Integers, size: int) -> Integers:
    """Return the places after, of so many, that are nobody's mate."""
    free = np.ones(size, dtype=np.bool_)
    free[mate[mate >= 0]] = False
    return np.flatnonzero(free)


def _turns(key: Integers, order: Integers) -> Integers:
    """Return 0 for the first row of a key in the given order, 1 for the second, and so on."""
    sorting = np.lexsort((order, key))
    place = np.arange(len(key))
    change = np.diff(key[sorting], prepend=-1) != 0
    turn = np.empty(len(key), dtype=np.int64)
    turn[sorting] = place - np.maximum.accumulate(np.where(change, place, 0))
    return turn


def _both(before: Rows, after: Rows, *names: str) -> tuple[Integers, Integers]:
    """Return keys of both sides over the named columns."""
    columns = [np.concatenate((getattr(before, name), getattr(after, name))) for name in names]
    key = number_combinations(*columns)
    return key[: len(before)], key[len(before) :]


def _pairs(
    left: Integers, right: Integers, left_order: Integers, right_order: Integers
) -> Integers:
    """Return for each left key the place of its partner: the k-th with the k-th of the key."""
    turns = np.concatenate((_turns(left, left_order), _turns(right, right_order)))
    key = number_combinations(np.concatenate((left, right)), turns)
    partner = np.full(int(key.max(initial=-1)) + 1, NO_MATE, dtype=np.int64)
    partner[key[len(left) :]] = np.arange(len(right))
    return partner[key[: len(left)]]


def _in_turn(before: Rows, after: Rows) -> Integers:
    """Pair the k-th of equal miles with the k-th, where both sides have as many and all are near.

    A parked vehicle repeats its miles; after a shift by a day only this keeps its rows in step.
    """
    left, right = _both(before, after, "vehicle", "miles")
    size = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
    even = np.bincount(left, minlength=size) == np.bincount(right, minlength=size)
    found = _pairs(left, right, before.day, after.day)
    far = (found >= 0) & (np.abs(before.day - after.day[found]) > 1)
    even[left[far]] = False
    return np.where(even[left], found, NO_MATE)


def _near(before: Rows, after: Rows, shift: int) -> Integers:
    moved = Rows(after.vehicle, after.day - shift, after.miles, after.ident)
    left, right = _both(before, moved, "vehicle", "miles", "day")
    return _pairs(left, right, before.ident, after.ident)


def _same_day(before: Rows, after: Rows) -> Integers:
    return _near(before, after, 0)


def _day_before(before: Rows, after: Rows) -> Integers:
    return _near(before, after, -1)


def _day_after(before: Rows, after: Rows) -> Integers:
    return _near(before, after, 1)


def _elsewhere(before: Rows, after: Rows) -> Integers:
    left, right = _both(before, after, "miles", "day")
    known: Flags = before.miles > 0
    found = _pairs(left, right, before.vehicle, after.vehicle)
    return np.where(known, found, NO_MATE)


def _any_day(before: Rows, after: Rows) -> Integers:
    """Pair the same vehicle and miles on any day, where either side has them once."""
    left, right = _both(before, after, "vehicle", "miles")
    size = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
    once = np.bincount(left, minlength=size) == 1
    once &= np.bincount(right, minlength=size) == 1
    found = _pairs(left, right, before.day, after.day)
    return np.where(once[left] & (before.miles > 0), found, NO_MATE)


def _altered(before: Rows, after: Rows) -> Integers:
    left, right = _both(before, after, "vehicle", "day")
    return _pairs(left, right, before.miles, after.miles)

"""The comparison itself, some vehicles at a time: the library has one part, the audit has many.

Within a vehicle readings are matched as its part passes, where they are the same or have one id.
Those without a mate wait in a pool, usually small, that is matched at the end: a reading may have
moved to a vehicle of any part.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.mileage.comparison.causes import (
    ORDER,
    Differences,
    count_moves_between_vehicles,
    find_diverging_readings,
    first_difference_places,
    merged_and_split_vehicles,
)
from motomind_nb.mileage.comparison.matching import (
    NO_MATE,
    Rows,
    free_places,
    match_rows,
    same_or_id,
)
from motomind_nb.mileage.readings import NO_MILES, Flags, Integers
from motomind_nb.mileage.rules import Rules

Table = npt.NDArray[Any]
READING = np.dtype([(name, "i8") for name in ("vehicle", "day", "miles", "high", "low", "row")])
FIRST = np.dtype(
    [(name, "i8") for name in ("vehicle", "day", "cause", "side", "high", "low", "row")]
)
IDENTITY = ("high", "low", "row")
TOTAL = np.dtype([(name, "i8") for name in ("vehicle", "cause", "day", "number")])


@dataclass(frozen=True)
class Listed:
    """The readings of one side of some vehicles, in order.

    Columns: vehicle (its number among all), day, miles; high, low (id in two halves); row (a
    number of the caller's own, to tell more of a reading that differs); all int64. has_ids: whether
    the halves tell anything.
    """

    vehicle: Integers
    day: Integers
    miles: Integers
    high: Integers
    low: Integers
    row: Integers
    has_ids: bool = True

    def table(self, index: Integers) -> Table:
        """Return some of the readings."""
        found = np.zeros(len(index), READING)
        for name in READING.names or ():
            found[name] = getattr(self, name)[index]
        return found


class Outcome(NamedTuple):
    """firsts: the first difference of each vehicle, FIRST, with the row before or else after
    (side 0 or 1). totals: how many differences of each cause a vehicle has, and the day of the
    first, TOTAL. merged, split: which vehicles were.
    """

    firsts: Table
    totals: Table
    merged: Flags
    split: Flags


@dataclass
class Gathering:
    """The comparison while parts pass.

    firsts, totals: what is known so far. waiting: readings without a mate on either side. counts:
    per part, readings before, after and kept per vehicle.
    """

    firsts: list[Table] = field(default_factory=list)
    totals: list[Table] = field(default_factory=list)
    waiting: tuple[list[Table], list[Table]] = field(default_factory=lambda: ([], []))
    counts: list[Integers] = field(default_factory=list)
    has_ids: bool = True

    def add(self, before: Listed, after: Listed, start: int, vehicles: int) -> None:
        """Compare all readings of so many vehicles, numbered from `start`, as far as it goes."""
        self.has_ids &= before.has_ids and after.has_ids
        left, right = numbered_rows(before, after, self.has_ids)
        mate = same_or_id(left, right)
        pair = np.flatnonzero(mate >= 0)
        mate[pair[left.vehicle[pair] != right.vehicle[mate[pair]]]] = NO_MATE
        pair = np.flatnonzero(mate >= 0)
        found = find_diverging_readings(
            left.take(pair), right.take(mate[pair]), np.arange(len(pair))
        )
        self._tell(found, before.table(pair), after.table(mate[pair]))
        alone = (np.flatnonzero(mate < 0), free_places(mate, len(after.vehicle)))
        touched = np.zeros(vehicles, dtype=np.bool_)
        touched[found.vehicle - start] = True
        for side, index, pool in zip((before, after), alone, self.waiting, strict=True):
            pool.append(side.table(index))
            touched[side.vehicle[index[side.miles[index] != NO_MILES]] - start] = True
        self._tell_reordered(before, after, np.flatnonzero(~touched) + start)
        kept = pair[left.miles[pair] == right.miles[mate[pair]]]
        numbers = (left.vehicle, right.vehicle, left.vehicle[kept])
        self.counts.append(
            np.array([np.bincount(each - start, minlength=vehicles) for each in numbers])
        )

    def conclude(self, rules: Rules) -> Outcome:
        """Match what waits; return what differs, and who merged and split."""
        pools = [np.concatenate([np.zeros(0, READING), *pool]) for pool in self.waiting]
        listed = [_listed(pool) for pool in pools]
        before, after = numbered_rows(listed[0], listed[1], self.has_ids)
        mate = match_rows(before, after)
        self._tell(find_diverging_readings(before, after, mate), *pools)
        counts = np.concatenate([np.zeros((3, 0), dtype=np.int64), *self.counts], axis=1)
        flows = count_moves_between_vehicles(before, after, mate, counts.shape[1])
        flows = replace(flows, before=counts[0], after=counts[1], stayed=counts[2] + flows.stayed)
        merged, split = merged_and_split_vehicles(flows, rules)
        return Outcome(_first_each(self.firsts), _totals(self.totals), merged, split)

    def _tell(self, found: Differences, before: Table, after: Table) -> None:
        """Remember differences; `before` and `after` are the readings of their places."""
        first = first_difference_places(found)
        table = np.zeros(len(first), FIRST)
        table["vehicle"], table["day"] = found.vehicle[first], found.day[first]
        table["cause"], table["side"] = found.cause[first], found.before[first] < 0
        for side, places, readings in ((0, found.before, before), (1, found.after, after)):
            mine = table["side"] == side
            for name in IDENTITY:
                table[name][mine] = readings[name][places[first[mine]]]
        self.firsts.append(table)
        self._count(found.vehicle, found.cause, found.day)

    def _tell_reordered(self, before: Listed, after: Listed, vehicles: Integers) -> None:
        """Remember the first reading of each vehicle whose readings only changed places."""
        left, right = (
            np.flatnonzero(np.isin(side.vehicle, vehicles) & (side.miles != NO_MILES))
            for side in (before, after)
        )
        wrong = left[before.miles[left] != after.miles[right]]
        vehicle, first = np.unique(before.vehicle[wrong], return_index=True)
        table = np.zeros(len(vehicle), FIRST)
        table["vehicle"], table["cause"] = vehicle, ORDER
        readings = before.table(wrong[first])
        for name in ("day", *IDENTITY):
            table[name] = readings[name]
        self.firsts.append(table)
        day = before.day[wrong]
        self._count(before.vehicle[wrong], np.full(len(wrong), ORDER), day)

    def _count(self, vehicle: Integers, cause: Integers, day: Integers) -> None:
        table = np.zeros(len(vehicle), TOTAL)
        table["vehicle"], table["cause"], table["day"], table["number"] = vehicle, cause, day, 1
        self.totals.append(_totals([table]))


def numbered_rows(before: Listed, after: Listed, has_ids: bool) -> tuple[Rows, Rows]:
    """Return both sides for matching, with one number per distinct id on both."""
    size = len(before.row)
    ident = np.full(size + len(after.row), -1, dtype=np.int64)
    if has_ids:
        high = pd.factorize(np.concatenate((before.high, after.high)))[0].astype(np.int64)
        low = pd.factorize(np.concatenate((before.low, after.low)))[0].astype(np.int64)
        ident = pd.factorize(high * (int(low.max(initial=0)) + 1) + low)[0].astype(np.int64)
    return (
        Rows(before.vehicle, before.day, before.miles, ident[:size]),
        Rows(after.vehicle, after.day, after.miles, ident[size:]),
    )


def _listed(table: Table) -> Listed:
    """Return the readings of a pool."""
    vehicle, day, miles, high, low, row = (
        np.ascontiguousarray(table[name]) for name in READING.names or ()
    )
    return Listed(vehicle, day, miles, high, low, row)


def _first_each(tables: list[Table]) -> Table:
    """Return the earliest difference of each vehicle, in order of vehicle."""
    table = np.concatenate([np.zeros(0, FIRST), *tables])
    names = ("row", "low", "high", "side", "cause", "day", "vehicle")
    order = np.lexsort([table[name] for name in names])
    change = np.diff(table["vehicle"][order], prepend=-1) != 0
    return np.asarray(table[order[change]])


def _totals(tables: list[Table]) -> Table:
    """Return the sums per vehicle and cause, in their order, with the earliest day."""
    table = np.concatenate([np.zeros(0, TOTAL), *tables])
    table = table[np.lexsort((table["day"], table["cause"], table["vehicle"]))]
    change = np.diff(table["vehicle"], prepend=-1) != 0
    change |= np.diff(table["cause"], prepend=-1) != 0
    first = np.flatnonzero(change)
    found = table[first].copy()
    if len(first):
        found["number"] = np.add.reduceat(table["number"], first)
    return np.asarray(found)

"""Comparing chunk by chunk: what each chunk tells at once, and what only all of them together tell.

Within a vehicle readings are matched by id as its chunk passes. Those without a mate wait in a
pool, usually small, that is matched at the end: a reading may have moved to a vehicle of any chunk.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.auditing.packed import Chunk, Halves, Side, numbered, rows_of
from motomind_nb.mileage.comparison import (
    NO_MATE,
    ORDER,
    Differences,
    Rows,
    by_ident,
    differences,
    firsts,
    flows_of,
    matched,
    regrouped,
    same_readings_reordered,
)
from motomind_nb.mileage.readings import NO_MILES, Flags, Integers
from motomind_nb.mileage.rules import Rules

Table = npt.NDArray[Any]

FIRST = np.dtype(
    [
        ("vehicle", "i8"),
        ("day", "i8"),
        ("cause", "i8"),
        ("source", "i8"),
        ("high", "i8"),
        ("low", "i8"),
    ]
)
WAITING = np.dtype(
    [
        ("vehicle", "i8"),
        ("day", "i8"),
        ("miles", "i8"),
        ("source", "i8"),
        ("high", "i8"),
        ("low", "i8"),
    ]
)


@dataclass
class Gathering:
    """The comparison while chunks pass.

    firsts: the first known difference of a vehicle, FIRST. waiting: readings without a mate on
    either side, WAITING. counts: per chunk, readings before, after and kept per vehicle.
    """

    firsts: list[Table] = field(default_factory=list)
    waiting: tuple[list[Table], list[Table]] = field(default_factory=lambda: ([], []))
    counts: list[Integers] = field(default_factory=list)

    def add(self, chunk: Chunk) -> None:
        """Compare one chunk as far as it goes on its own."""
        before, after = rows_of(chunk)
        mate = by_ident(before, after)
        same_id = np.flatnonzero(mate >= 0)
        moved = before.vehicle[same_id] != after.vehicle[mate[same_id]]
        mate[same_id[moved]] = NO_MATE
        pair = np.flatnonzero(mate >= 0)
        found = differences(before.take(pair), after.take(mate[pair]), np.arange(len(pair)))
        left, right = np.flatnonzero(mate < 0), _rest(mate, len(after))
        self.firsts.append(_table(chunk, found, pair))
        for side, index, pool in zip(chunk.sides, (left, right), self.waiting, strict=True):
            pool.append(_waiting(chunk, side, index))
        touched = np.full(len(chunk.vehicles), NO_MATE)
        touched[found.vehicle] = 0
        for rows, index in ((before, left), (after, right)):
            touched[rows.vehicle[index[rows.miles[index] != NO_MILES]]] = 0
        self.firsts.append(_reordered(chunk, same_readings_reordered(before, after, touched)))
        self.counts.append(_counts(before, after, mate, len(chunk.vehicles)))

    def conclude(self, rules: Rules) -> tuple[Table, Flags, Flags]:
        """Match what waits; return the first difference per vehicle, and who merged and split."""
        pools = [np.concatenate([np.zeros(0, WAITING), *pool]) for pool in self.waiting]
        idents = numbered(*(Halves(pool["high"], pool["low"]) for pool in pools))
        before, after = (
            Rows(pool["vehicle"], pool["day"], pool["miles"], ident)
            for pool, ident in zip(pools, idents, strict=True)
        )
        mate = matched(before, after)
        late = _late(differences(before, after, mate), pools)
        counts = np.concatenate([np.zeros((3, 0), dtype=np.int64), *self.counts], axis=1)
        flows = flows_of(before, after, mate, counts.shape[1])
        flows = replace(flows, before=counts[0], after=counts[1], stayed=counts[2] + flows.stayed)
        merged, split = regrouped(flows, rules)
        return _first_each(np.concatenate([*self.firsts, late])), merged, split


def _rest(mate: Integers, size: int) -> Integers:
    free = np.ones(size, dtype=np.bool_)
    free[mate[mate >= 0]] = False
    return np.flatnonzero(free)


def _counts(before: Rows, after: Rows, mate: Integers, size: int) -> Integers:
    pair = np.flatnonzero(mate >= 0)
    kept = pair[before.miles[pair] == after.miles[mate[pair]]]
    vehicles = (before.vehicle, after.vehicle, before.vehicle[kept])
    return np.array([np.bincount(each, minlength=size) for each in vehicles], dtype=np.int64)


def _table(chunk: Chunk, found: Differences, places: Integers) -> Table:
    """Return the first difference of each vehicle in a chunk; all readings have a mate.

    `places` are those of the readings before, in the chunk.
    """
    first = firsts(found)
    at = places[found.before[first]]
    side = chunk.sides[0]
    table = np.zeros(len(first), FIRST)
    table["vehicle"], table["day"] = found.vehicle[first] + chunk.start, found.day[first]
    table["cause"], table["source"] = found.cause[first], side.readings.source[at]
    table["high"], table["low"] = side.high[at], side.low[at]
    return table


def _waiting(chunk: Chunk, side: Side, index: Integers) -> Table:
    readings = side.readings
    table = np.zeros(len(index), WAITING)
    table["vehicle"], table["day"] = readings.vehicle[index] + chunk.start, readings.day[index]
    table["miles"], table["source"] = readings.miles[index], readings.source[index]
    table["high"], table["low"] = side.high[index], side.low[index]
    return table


def _reordered(chunk: Chunk, found: dict[int, int]) -> Table:
    """Return the first reading of each vehicle whose readings changed places."""
    vehicle = np.array(list(found), dtype=np.int64)
    at = np.array(list(found.values()), dtype=np.int64)
    table = _waiting(chunk, chunk.sides[0], at)
    result = np.zeros(len(at), FIRST)
    for name in ("day", "source", "high", "low"):
        result[name] = table[name]
    result["vehicle"], result["cause"] = vehicle + chunk.start, ORDER
    return result


def _late(found: Differences, pools: list[Table]) -> Table:
    """Return the differences of the pool, with the row before or else after."""
    table = np.zeros(len(found), FIRST)
    table["vehicle"], table["day"], table["cause"] = found.vehicle, found.day, found.cause
    for pool, at in zip(pools[::-1], (found.after, found.before), strict=True):
        known = at >= 0
        for name in ("source", "high", "low"):
            table[name][known] = pool[name][at[known]]
    return table


def _first_each(table: Table) -> Table:
    """Return the earliest difference of each vehicle, in order of vehicle."""
    order = np.lexsort(
        (table["low"], table["high"], table["cause"], table["day"], table["vehicle"])
    )
    change = np.diff(table["vehicle"][order], prepend=-1) != 0
    return np.asarray(table[order[change]])

"""Why a vehicle's readings differ: the first diverging reading, and vehicles merged or split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage.comparison.matching import NO_MATE, Rows, number_combinations
from motomind_nb.mileage.readings import NO_MILES, Flags, Integers
from motomind_nb.mileage.rules import Rules

EQUAL = ""
CAUSES = ("moved", "altered", "re-dated", "lost", "added", "order", "merged", "split")
MOVED, ALTERED, REDATED, LOST, ADDED, ORDER, MERGED, SPLIT = range(len(CAUSES))


@dataclass(frozen=True)
class Differences:
    """What differs, one element per vehicle and diverging reading.

    Columns: vehicle; day (the earlier of both sides); cause (index into CAUSES); before and
    after: the reading's place on its side, or -1; all int64.
    """

    vehicle: Integers
    day: Integers
    cause: Integers
    before: Integers
    after: Integers

    def __len__(self) -> int:
        return len(self.vehicle)


def find_diverging_readings(before: Rows, after: Rows, mate: Integers) -> Differences:
    """Return all diverging readings; one that moved stands under both vehicles. Reads only.

    An event without miles states no odometer, so that none is lost or added with it.
    """
    pair = np.flatnonzero(mate >= 0)
    other = mate[pair]
    moved = before.vehicle[pair] != after.vehicle[other]
    altered = before.miles[pair] != after.miles[other]
    shifted = before.day[pair] != after.day[other]
    cause = np.select([moved, altered, shifted], [MOVED, ALTERED, REDATED], default=NO_MATE)
    differs = cause >= 0
    pair, other, cause, moved = pair[differs], other[differs], cause[differs], moved[differs]
    day = np.minimum(before.day[pair], after.day[other])
    lost = np.flatnonzero((mate < 0) & (before.miles != NO_MILES))
    free = np.ones(len(after), dtype=np.bool_)
    free[mate[mate >= 0]] = False
    added = np.flatnonzero(free & (after.miles != NO_MILES))
    nobody = (np.full(len(lost), NO_MATE), np.full(len(added), NO_MATE))
    return Differences(
        np.concatenate(
            (
                before.vehicle[pair],
                after.vehicle[other[moved]],
                before.vehicle[lost],
                after.vehicle[added],
            )
        ),
        np.concatenate((day, day[moved], before.day[lost], after.day[added])),
        np.concatenate((cause, cause[moved], np.full(len(lost), LOST), np.full(len(added), ADDED))),
        np.concatenate((pair, pair[moved], lost, nobody[1])),
        np.concatenate((other, other[moved], nobody[0], added)),
    )


def first_difference_places(found: Differences) -> Integers:
    """Return the places of the first difference of every vehicle that has one, by vehicle."""
    order = np.lexsort((found.after, found.before, found.cause, found.day, found.vehicle))
    change = np.diff(found.vehicle[order], prepend=-1) != 0
    return np.asarray(order[change], dtype=np.int64)


@dataclass(frozen=True)
class Flows:
    """How many readings went from one vehicle to another.

    Columns: giver, taker, count (one element per pair of vehicles); before, after and stayed
    (one per vehicle: readings on either side, and unaltered ones that it kept); all int64.
    """

    giver: Integers
    taker: Integers
    count: Integers
    before: Integers
    after: Integers
    stayed: Integers


def count_moves_between_vehicles(before: Rows, after: Rows, mate: Integers, vehicles: int) -> Flows:
    """Return the readings that changed vehicles, counted per pair of vehicles."""
    pair = np.flatnonzero(mate >= 0)
    other = mate[pair]
    giver, taker = before.vehicle[pair], after.vehicle[other]
    stays = (giver == taker) & (before.miles[pair] == after.miles[other])
    stayed = np.bincount(giver[stays], minlength=vehicles)
    changed = giver != taker
    giver, taker = giver[changed], taker[changed]
    key = number_combinations(giver, taker)
    first = np.unique(key, return_index=True)[1]
    had, has = (np.bincount(side.vehicle, minlength=vehicles) for side in (before, after))
    return Flows(giver[first], taker[first], np.bincount(key), had, has, stayed)


def merged_and_split_vehicles(flows: Flows, rules: Rules) -> tuple[Flags, Flags]:
    """Return which vehicles were merged and which were split.

    Counts and sums say nothing here: readings that went both ways balance. A flow counts when it
    is at least a quarter of the giver and three readings, or all that the giver had. Merged are
    vehicles that take such a flow beside something else, and givers that end in them; split are
    givers that keep something or give twice, and the new vehicles that they make.
    """
    size, given = len(flows.before), flows.count
    had = flows.before[flows.giver]
    large = (given >= rules.flow_share * had) & ((given >= rules.chain_readings) | (given == had))
    fresh = (flows.before[flows.taker] == 0) & (
        given >= rules.fresh_share * flows.after[flows.taker]
    )
    kept = flows.stayed > rules.stayed_share * np.maximum(flows.before, flows.after)
    merged, split = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    parts = np.bincount(flows.taker[large], minlength=size) + kept
    joins = large & (parts[flows.taker] > 1)
    merged[flows.taker[joins]] = True
    merged[flows.giver[joins & ~kept[flows.giver]]] = True
    shares = np.bincount(flows.giver[large | fresh], minlength=size) + kept
    parting = (large | fresh) & (shares[flows.giver] > 1)
    split[flows.giver[parting]] = True
    split[flows.taker[parting & fresh]] = True
    return merged, split & ~merged

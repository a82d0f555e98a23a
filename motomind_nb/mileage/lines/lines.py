"""The main chains: the most readings that no decrease and no impossible rate contradicts.

A reading may follow another when its miles are not lower and the way between them is not longer
than the time allows. Written as two coordinates, miles and (rate x time - miles), both must not
fall, so the longest chain is one run of `chains.heaviest_chains`. Where two chains in turn hold
more readings than one over the whole time (a meter or vehicle replaced), the history is cut in two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from motomind_nb.mileage.lines import chains
from motomind_nb.mileage.lines.smoothness import distances_from_neighbours
from motomind_nb.mileage.readings import DAY, Flags, Integers, Readings
from motomind_nb.mileage.rules import Rules

# above 50 steps for each of the 31 doublings of a number of miles
LARGEST_DISCOUNT = 2**11


@dataclass(frozen=True)
class Points:
    """Readings in order of group and moment, with what they weigh.

    Columns: group, moment (seconds), miles, weight; all int64. `unit` is the weight of a reading
    before its discount, which is more than all discounts of a group together.
    """

    group: Integers
    moment: Integers
    miles: Integers
    weight: Integers
    unit: int

    def take(self, index: Integers, group: Integers) -> Points:
        """Return some of the points under other groups."""
        return Points(group, self.moment[index], self.miles[index], self.weight[index], self.unit)

    def smoothed(self, trusted: Flags | None = None) -> Points:
        """Return the points with weights that prefer what trusted neighbours predict."""
        found = distances_from_neighbours(self.group, self.moment, self.miles, trusted)
        return replace(self, weight=self.unit - np.minimum(found, LARGEST_DISCOUNT - 1))


@dataclass(frozen=True)
class Lines:
    """The valid readings' lines while they are worked out (changed in place).

    Columns: source (as read); piece, keep: the line and whether the reading is on it;
    whole: on the one chain of the uncut history; unit: on a line in another unit.
    """

    source: Integers
    piece: Integers
    keep: Flags
    whole: Flags
    unit: Flags


def points_of_valid_readings(readings: Readings, place: Integers) -> Points:
    """Return the readings at some places as points.

    One more reading beats all smoothness; among equally long chains the smoother one wins.
    """
    group, moment = readings.vehicle[place], readings.moment[place]
    miles = readings.miles[place]
    unit = LARGEST_DISCOUNT * max(int(np.bincount(group, minlength=1).max()), 1)
    return Points(group, moment, miles, np.full(len(group), unit), unit).smoothed()


def assign_pieces_and_chains(
    points: Points, chain: Flags, rules: Rules
) -> tuple[Integers, Flags, Flags]:
    """Return per reading the piece of its history (0, 1, ...) and whether it is on its chain.

    `chain` tells who is on the longest chain. The third column tells who is on the one chain of the
    whole history, before any cut.
    """
    points = points.smoothed(chain)
    keep, cut = _solve(points, rules)
    whole = keep.copy()
    starts = np.diff(points.group, prepend=-1) != 0
    for _ in range(rules.cuts.most_rounds):
        again = np.flatnonzero(np.isin(points.group, points.group[cut]))
        if not len(again):
            break
        starts[cut] = True
        pieces = points.take(again, np.cumsum(starts[again]))
        keep[again], deeper = _solve(pieces, rules)
        cut = again[deeper]
    return _numbered(points.group, starts), keep, whole


def _numbered(group: Integers, starts: Flags) -> Integers:
    """Return the number of the piece inside its group, from 0, where pieces start as told."""
    first = np.flatnonzero(np.diff(group, prepend=-1))
    count = np.cumsum(starts)
    return count - np.repeat(count[first], np.diff(np.append(first, len(group))))


@dataclass(frozen=True)
class Solved:
    """Columns: keep, on the longest chain; ending and starting, weight of the longest chain that
    ends or starts with the reading, within its part; part, independent of the others.
    """

    keep: Flags
    ending: Integers
    starting: Integers
    part: Integers


def longest_chain(points: Points, rate_per_day: int | Integers) -> Flags:
    """Return who is on the heaviest chain of each group under a rate (miles per day).

    The rate is one for all, or one per point, the same for all points of a group.
    """
    order, slack = _ordered(points, rate_per_day)
    keep = np.empty(len(order), dtype=np.bool_)
    keep[order] = chains.heaviest_chains(points.group[order], slack, points.weight[order]).keep
    return keep


def _ordered(points: Points, rate_per_day: int | Integers) -> tuple[Integers, Integers]:
    """Return the order by group and miles, and in it the second coordinate."""
    slack = points.moment * rate_per_day - DAY * points.miles
    order = np.argsort(points.group * 2**31 + points.miles, kind="stable")
    return order, slack[order]


def _solved(points: Points, rules: Rules) -> Solved:
    """Return the longest chain of each group and what cuts it best."""
    order, slack = _ordered(points, rules.warning_miles_per_day)
    group, weight = points.group[order], points.weight[order]
    found = chains.heaviest_chains(group, slack, weight)
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    starting = chains.heaviest_chains_from_each(group, slack, weight)
    return Solved(found.keep[back], found.ending[back], starting[back], found.part[back])


def _solve(points: Points, rules: Rules) -> tuple[Flags, Integers]:
    """Return who is on the chain of each group, and before whom a group should be cut in two."""
    found = _solved(points, rules)
    steps = [
        place
        for place in _cuts(points, found, rules).tolist()
        if not _is_burst(place, points, found, rules)
        and not _is_journey(place, points, found, rules)
    ]
    return found.keep.copy(), np.array(steps, dtype=np.int64)


def _cuts(points: Points, found: Solved, rules: Rules) -> Integers:
    """Return, per part of a history, the best place to cut it, if two chains gain enough.

    Parts follow one another in time, because both coordinates of a later part are higher.
    """
    index = np.flatnonzero(np.bincount(found.part, minlength=1)[found.part] > 1)
    part = np.unique(found.part[index], return_inverse=True)[1].astype(np.int64)
    if not len(index):
        return index
    large = len(index) + 1
    forward, backward = part * large, (part[-1] - part[::-1]) * large
    ending = -(-found.ending[index] // points.unit)
    starting = -(-found.starting[index] // points.unit)[::-1]
    before = np.maximum.accumulate(ending + forward) - forward
    after = (np.maximum.accumulate(starting + backward) - backward)[::-1]
    firsts = np.flatnonzero(np.diff(part, prepend=-1))
    single = np.maximum.reduceat(before, firsts)
    gain = before[:-1] + after[1:] - single[part[:-1]]
    gain[np.diff(part) != 0] = 0
    best = np.maximum.reduceat(np.append(gain, 0), firsts)
    # Where many readings are off the chain, some fit two chains better by chance.
    off = np.bincount(part, weights=~found.keep[index])
    enough = np.maximum(rules.chain_readings, rules.cuts.gained_share * off)
    enough[off > rules.cuts.hopeless_share * np.bincount(part)] = len(index)
    chosen = np.flatnonzero((gain == best[part[:-1]]) & (gain >= enough[part[:-1]]))
    first = np.unique(part[chosen], return_index=True)[1]
    return index[chosen[first] + 1]


def _is_journey(place: int, points: Points, found: Solved, rules: Rules) -> bool:
    """Return whether both chains are one: fast driving in between, but possible.

    The chains themselves are held to the rate of everyday driving, so that a wrong reading seldom
    fits; what that leaves out of a longer journey is admitted again.
    """
    first, end = np.searchsorted(found.part, [found.part[place], found.part[place] + 1])
    left = place - 1 - int(np.argmax(found.ending[first:place][::-1]))
    right = place + int(np.argmax(found.starting[place:end]))
    days = max((points.moment[right] - points.moment[left]) / DAY, 1)
    rise = points.miles[right] - points.miles[left]
    return bool(0 <= rise <= days * rules.impossible_miles_per_day)


def _is_burst(place: int, points: Points, found: Solved, rules: Rules) -> bool:
    """Return whether a few readings in a row jump away and back, rather than a new line start."""
    first, end = np.searchsorted(found.part, [found.part[place], found.part[place] + 1])
    off = first + np.flatnonzero(~found.keep[first:end])
    left, right = off[0] - 1, off[-1] + 1
    if off[-1] - off[0] + 1 != len(off) or len(off) > rules.cuts.longest_burst:
        return False
    if left < first or right >= end:
        return False
    edges = np.array([left, off[0], off[-1], right])
    days = np.maximum(np.diff(points.moment[edges]) / DAY, 1)
    rate = np.diff(points.miles[edges]) / days
    away, back = rate[0], rate[2]
    fast = min(abs(away), abs(back)) > rules.warning_miles_per_day
    return bool(fast and (away > 0) != (back > 0))


def neighbours(label: Integers, keep: Flags) -> tuple[Integers, Integers]:
    """Return the places of the nearest kept elements of the same label before and after, or -1."""
    size = len(label)
    place = np.arange(size)
    last = np.maximum.accumulate(np.where(keep, place, -1)) if size else place
    before = np.concatenate(([-1], last[:-1])) if size else place
    coming = np.where(keep, place, size)[::-1]
    following = np.minimum.accumulate(coming)[::-1] if size else place
    after = np.concatenate((following[1:], [size])) if size else place
    before[(before >= 0) & (label[before] != label)] = -1
    after[after == size] = -1
    after[(after >= 0) & (label[after] != label)] = -1
    return before, after

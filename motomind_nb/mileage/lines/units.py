"""Readings in another unit than the rest: kilometres, metres, thousands.

Every reading is offered twice, as written and converted. Both can't be on one chain, because no
time passes between them, so the longest chain over both tells which readings must be converted.
This comes before all other rules: a jump to kilometres is no journey and no replaced meter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines.chains import fewest_disputed
from motomind_nb.mileage.lines.lines import Points, longest_chain, neighbours
from motomind_nb.mileage.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]
LARGEST = 2**31
COARSE = 0.1


@dataclass(frozen=True)
class Units:
    """Columns: ratio (float64, what was written is so many times the value in the declared unit);
    whole (bool, of a vehicle that never used the declared unit, so that nothing proves the ratio).
    """

    ratio: Floats
    whole: Flags

    def values(self, written: Integers) -> Integers:
        """Return the readings in the declared unit."""
        return np.rint(written / self.ratio).astype(np.int64)


def units_of(points: Points, chain: Flags, rules: Rules) -> Units:
    """Return the unit of each reading; `chain` is the longest one as written. Reads only."""
    found = Units(np.ones(len(chain)), np.zeros(len(chain), dtype=np.bool_))
    _find_whole(found, points, chain, rules)
    _find_thousands(found, points, rules)
    group = points.group
    suspects = np.isin(group, _suspects(points, chain, rules)) & ~found.whole
    index = np.flatnonzero(suspects)
    if not len(index):
        return found
    some = points.take(index, group[index])
    usual = _pace(some, chain[index], rules)
    size = np.bincount(some.group)
    least_left = size + 1
    for ratio in rules.unit_ratios:
        pace = usual if ratio >= COARSE else np.full_like(usual, rules.impossible_miles_per_day)
        single = _kept(some, 1.0 if ratio >= COARSE else -ratio, pace, rules.highest_miles)[0]
        written, converted = _kept(some, ratio, pace, rules.highest_miles)
        plain, both = (
            np.bincount(some.group, weights=flags) for flags in (single, written | converted)
        )
        gain, left = both - plain, size - both
        better = gain >= np.maximum(rules.chain_readings, rules.explained_share * (size - plain))
        better &= both >= rules.unit_share * size
        better &= _same_growth(_in_one_unit(some, converted, ratio), written, converted, rules)
        best = better & (left < least_left)
        least_left[best] = left[best]
        chosen = best[some.group]
        found.ratio[index[chosen]] = np.where(converted[chosen], ratio, 1.0)
    return found


def _suspects(points: Points, chain: Flags, rules: Rules) -> Integers:
    """Return the groups with readings off the chain, or jumps in it, that a unit could explain."""
    place = np.flatnonzero(~chain)
    before, after = (found[place] for found in neighbours(points.group, chain))
    near = np.zeros(len(place), dtype=np.bool_)
    for neighbour in (before, after):
        level = np.abs(np.log(np.maximum(points.miles[place] / points.miles[neighbour], 1e-9)))
        for ratio in rules.unit_ratios:
            near |= (neighbour >= 0) & (
                np.abs(level - abs(np.log(ratio))) <= np.log(rules.unit_jump)
            )
    off = np.bincount(points.group[place[near]], minlength=1)
    place = np.flatnonzero(chain)
    early, late = points.miles[place[:-1]], points.miles[place[1:]]
    same = points.group[place[:-1]] == points.group[place[1:]]
    jump = same & (late > rules.unit_jump * early) & (late - early > rules.journey_miles)
    jumps = points.group[place[1:][jump]]
    return np.union1d(np.flatnonzero(off >= rules.chain_readings), jumps)


def _pace(points: Points, chain: Flags, rules: Rules) -> Integers:
    """Return, per reading, the most miles a day that its vehicle's habits make credible."""
    place = np.flatnonzero(chain)
    early, late = place[:-1], place[1:]
    same = points.group[early] == points.group[late]
    early, late = early[same], late[same]
    days = np.maximum((points.moment[late] - points.moment[early]) / DAY, 1)
    rate = (points.miles[late] - points.miles[early]) / days
    group = points.group[late]
    order = np.lexsort((rate, group))
    first = np.flatnonzero(np.diff(group, prepend=-1))
    count = np.diff(np.append(first, len(group)))
    usual = np.full(int(points.group.max()) + 1, float(rules.warning_miles_per_day))
    usual[group[first]] = rules.unit_pace_factor * np.maximum(rate[order][first + count // 2], 1)
    most = np.minimum(usual, rules.warning_miles_per_day)
    return np.asarray(np.ceil(most).astype(np.int64)[points.group])


def _kept(points: Points, ratio: float, pace: Integers, highest: int) -> tuple[Flags, Flags]:
    """Return which readings one chain of their group holds as written, and which converted.

    A ratio of 1 offers nothing but what was written. Thousands are coarse: beside them every other
    reading is offered at the thousand below and the one above, and only what is impossible is too
    fast; a negative ratio offers those without the converted ones. No converted reading is above
    `highest`.
    """
    place = np.arange(len(points.group))
    written, step = points.miles, round(1 / abs(ratio)) if abs(ratio) < COARSE else 1
    offers = [written // step * step, -(-written // step) * step][: 1 if step == 1 else 2]
    plain = len(offers)
    if ratio > 0 and ratio != 1:
        value = np.rint(written / ratio).astype(np.int64)
        offers.append(np.where(value <= highest, value, 0))
    miles = np.concatenate(offers)
    number = np.repeat(np.arange(len(offers)), len(place))
    reading = np.tile(place, len(offers))
    fits = np.flatnonzero((miles > 0) & (miles < LARGEST))
    order = fits[np.lexsort((number[fits], reading[fits]))]
    weight = 2 * points.unit - (number[order] >= plain)
    group, moment = points.group[reading[order]], points.moment[reading[order]]
    chain = Points(group, moment, miles[order], weight, 2 * points.unit)
    kept = order[longest_chain(chain, pace[reading[order]])]
    held = np.zeros((2, len(place)), dtype=np.bool_)
    held[(number[kept] >= plain).astype(np.int64), reading[kept]] = True
    return held[0], held[1] & ~held[0]


def _in_one_unit(points: Points, converted: Flags, ratio: float) -> Points:
    """Return the points with some of them converted."""
    miles = np.where(converted, np.rint(points.miles / ratio), points.miles).astype(np.int64)
    return replace(points, miles=miles)


def _same_growth(points: Points, written: Flags, converted: Flags, rules: Rules) -> Flags:
    """Return, per group, whether the converted readings grow about as fast as the others.

    A new meter's readings beside the old one's thousandths do not.
    """
    size = int(points.group.max()) + 1
    growth = []
    for flags in (converted, written):
        place = np.flatnonzero(flags)
        group, first = np.unique(points.group[place], return_index=True)
        last = place[np.append(first[1:], len(place)) - 1] if len(place) else place
        first = place[first]
        days = np.maximum((points.moment[last] - points.moment[first]) / DAY, 1)
        rate = np.full(size, -1.0)
        rate[group] = (points.miles[last] - points.miles[first]) / days
        growth.append(rate + 1)
    number = np.bincount(points.group[converted], minlength=size)
    low, high = np.minimum(*growth), np.maximum(*growth)
    return np.asarray((number >= rules.chain_readings) & (high <= rules.unit_pace_factor * low))


def _find_thousands(found: Units, points: Points, rules: Rules) -> None:
    """Mark the histories that hardly move below a thousand: thousands, or engine hours."""
    group, first, size = np.unique(points.group, return_index=True, return_counts=True)
    last = first + size - 1
    days = np.maximum((points.moment[last] - points.moment[first]) / DAY, 1)
    highest = np.maximum.reduceat(points.miles, first) if len(first) else first
    slow = (points.miles[last] - points.miles[first]) < rules.standing_miles_per_day * days
    still = slow & (highest < rules.near_zero_miles) & (days >= rules.standing_days)
    still &= size >= rules.own_rate_stretches
    found.whole[np.isin(points.group, group[still])] = True


def _find_whole(found: Units, points: Points, chain: Flags, rules: Rules) -> None:
    """Mark the histories that make no sense in the declared unit and do in a smaller one."""
    size = np.bincount(points.group)
    many = np.bincount(points.group[~chain], minlength=len(size)) > rules.unit_share * size / 2
    highest = np.zeros(len(size), dtype=np.int64)
    np.maximum.at(highest, points.group, points.miles)
    large = many & (highest > rules.highest_miles) & (size >= rules.chain_readings)
    index = np.flatnonzero(large[points.group])
    if len(index):
        group = points.group[index]
        keep = ~fewest_disputed(group, points.miles[index])
        length = np.bincount(group[keep], minlength=len(size))
        steady = large & (length >= rules.unit_share * size)
        low = np.full(len(size), np.iinfo(np.int64).max)
        np.minimum.at(low, group[keep], points.miles[index][keep])
        steady &= highest < rules.whole_span * low
        found.whole[index] = steady[group]
        found.ratio[index[steady[group]]] = max(rules.unit_ratios)

"""Readings in another unit than the rest: kilometres, metres, thousands.

Every reading is offered twice, as written and converted. Both can't be on one chain, because no
time passes between them, so the longest chain over both tells which readings must be converted.
This comes before all other rules: a jump to kilometres is no journey and no replaced meter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines.growth import (
    grows_in_unit,
    growth_of_parts,
    same_growth,
    stand_as_thousands,
)
from motomind_nb.mileage.lines.lines import Points, longest_chain, neighbours
from motomind_nb.mileage.lines.whole_units import Units, find_large_units, find_thousands
from motomind_nb.mileage.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]
LARGEST = 2**31
COARSE = 0.1  # between thousands (0.001) and all other ratios


def units_of(points: Points, chain: Flags, rules: Rules) -> Units:
    """Return the unit of each reading; `chain` is the longest one as written. Reads only."""
    found = Units(np.ones(len(chain)), np.zeros(len(chain), dtype=np.bool_))
    find_thousands(found, points, rules)
    least_left = np.bincount(points.group) + 1
    jumping = _jumping_vehicles(points, chain, rules)
    for ratio in rules.unit_ratios:
        suspects = np.union1d(_vehicles_that_fit(points, chain, ratio, rules), jumping)
        index = np.flatnonzero(np.isin(points.group, suspects) & ~found.whole)
        if len(index):
            some = points.take(index, points.group[index])
            left, converted = _explained(some, chain[index], ratio, rules)
            best = left < least_left[some.group]
            least_left[some.group[best]] = left[best]
            found.ratio[index[best]] = np.where(converted[best], ratio, 1.0)
    find_large_units(found, points, chain, rules)
    return found


def _explained(points: Points, chain: Flags, ratio: float, rules: Rules) -> tuple[Integers, Flags]:
    """Return, per reading, how many of its group a unit leaves off the chain, and whether it is in
    that unit itself. Where the unit does not explain enough, more than all are left.
    """
    usual, coarse = _pace(points, chain, rules), ratio < COARSE
    pace = usual + round(1 / ratio) if coarse else usual
    single = _kept(points, -ratio if coarse else 1.0, pace, rules.highest_miles)[0]
    written, converted = _kept(points, ratio, pace, rules.highest_miles)
    size, plain, both, number = (
        np.bincount(points.group, weights=flags)
        for flags in (np.ones_like(single), single, written | converted, converted)
    )
    least = np.maximum(rules.chain_readings, rules.explained_share * (size - plain))
    better = (both - plain >= least) & (both >= rules.unit_share * size)
    one = _in_one_unit(points, converted, ratio)
    better &= ~stand_as_thousands(one, written | converted, rules)
    growth = growth_of_parts(one, written, converted)
    better &= (number >= rules.chain_readings) & same_growth(growth, rules)
    changes, driven = _changes_of_unit(points, written, converted, rules)
    better &= (changes > 1) | grows_in_unit(growth, ratio, driven)
    left = np.where(better, size - both, size + 1).astype(np.int64)
    return left[points.group], converted


@dataclass(frozen=True)
class Conversion:
    """One guess: the readings are so many times the chain's miles (divisor), and the chain's miles
    so many times those of the declared unit (scale).
    """

    divisor: float
    scale: float


AS_WRITTEN = Conversion(1.0, 1.0)


@dataclass(frozen=True)
class Ways:
    """From neighbours on the chain to readings off it. Columns: written (miles), level (miles of
    the neighbour), days (negative where the neighbour is later), known (there is a neighbour).
    """

    written: Integers
    level: Integers
    days: Floats
    known: Flags

    def is_usual(self, guess: Conversion, rules: Rules) -> Flags:
        """Return whether the ways, converted, are usual ones; False where there is no neighbour."""
        rise = np.sign(self.days) * (self.written / guess.divisor - self.level)
        slack = guess.scale * rules.journey_miles + max(1 / guess.divisor, 1)
        most = guess.scale * rules.warning_miles_per_day * np.maximum(np.abs(self.days), 1) + slack
        return np.asarray(self.known & (rise >= -slack) & (rise <= most))


def _vehicles_that_fit(points: Points, chain: Flags, ratio: float, rules: Rules) -> Integers:
    """Return the groups with many readings off the chain that a change of unit before them, after
    them or for them alone would put between their neighbours.
    """
    off = np.flatnonzero(~chain)
    guesses = (AS_WRITTEN, Conversion(ratio, 1.0), Conversion(1 / ratio, ratio))
    ways = [_ways(points, off, neighbour[off]) for neighbour in neighbours(points.group, chain)]
    before, after = ([way.is_usual(guess, rules) for guess in guesses] for way in ways)
    for known, mine, others in ((ways[0].known, before, after), (ways[1].known, after, before)):
        for number, other in enumerate(others):
            mine[number] = np.where(known, mine[number], other & (number > 0))
    fits = (before[1] | before[2]) & (after[0] | after[1] | after[2])
    fits |= before[0] & (after[1] | after[2])
    all_off = np.bincount(points.group[off])
    many = np.bincount(points.group[off[fits]], minlength=len(all_off))
    least = np.maximum(rules.chain_readings, rules.suspect_share * all_off)
    return np.flatnonzero(many >= least)


def _ways(points: Points, place: Integers, neighbour: Integers) -> Ways:
    days = (points.moment[place] - points.moment[neighbour]) / DAY
    return Ways(points.miles[place], points.miles[neighbour], days, neighbour >= 0)


def _jumping_vehicles(points: Points, chain: Flags, rules: Rules) -> Integers:
    """Return the groups whose chain has a jump that a change of unit could explain."""
    place = np.flatnonzero(chain)
    early, late = points.miles[place[:-1]], points.miles[place[1:]]
    same = points.group[place[:-1]] == points.group[place[1:]]
    jump = same & (late > rules.unit_jump * early) & (late - early > rules.journey_miles)
    return np.unique(points.group[place[1:][jump]])


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
    reading is offered at the thousand below and the one above; a negative ratio offers those
    without the converted ones. No converted reading is above `highest`.
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


def _changes_of_unit(
    points: Points, written: Flags, converted: Flags, rules: Rules
) -> tuple[Integers, Flags]:
    """Return, per group, how often its readings change between written and converted, and whether
    all these ways can be driven as they are written.
    """
    place = np.flatnonzero(written | converted)
    early, late = place[:-1], place[1:]
    change = (points.group[early] == points.group[late]) & (converted[early] != converted[late])
    ways = _ways(points, late[change], early[change])
    size = int(points.group.max()) + 1
    group = points.group[late[change]]
    driven = np.bincount(group[ways.is_usual(AS_WRITTEN, rules)], minlength=size)
    number = np.bincount(group, minlength=size)
    return number, driven == number

"""How fast the readings of a vehicle grow, as written and converted to another unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines.lines import Points
from motomind_nb.mileage.lines.whole_units import hardly_move
from motomind_nb.mileage.readings import DAY, Flags, kinds
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Growth:
    """Per group, its miles a day and 1, so that they can be divided; 0 where there are no readings.
    Columns: written, of the readings as written; converted, of those converted.
    """

    written: Floats
    converted: Floats


def growth_of_parts(points: Points, written: Flags, converted: Flags) -> Growth:
    """Return how fast the readings of each group grow."""
    size = int(points.group.max()) + 1
    growth = []
    for flags in (written, converted):
        place = np.flatnonzero(flags)
        group, first = np.unique(points.group[place], return_index=True)
        last = place[np.append(first[1:], len(place)) - 1] if len(place) else place
        first = place[first]
        days = np.maximum((points.moment[last] - points.moment[first]) / DAY, 1)
        rate = np.full(size, -1.0)
        rate[group] = (points.miles[last] - points.miles[first]) / days
        growth.append(rate + 1)
    return Growth(*growth)


def same_growth(growth: Growth, rules: Rules) -> Flags:
    """Return, per group, whether the converted readings grow about as fast as the others.

    A new meter's readings beside the old one's thousandths do not.
    """
    low = np.minimum(growth.written, growth.converted)
    high = np.maximum(growth.written, growth.converted)
    return np.asarray(high <= rules.unit_pace_factor * low)


def grows_in_unit(growth: Growth, ratio: float, driven: Flags) -> Flags:
    """Return, per group, whether its readings grow as in another unit rather than as written.

    Where they change but once, the level alone tells little: a replaced meter, or one long journey
    of a young vehicle, multiplies it by any number. A way that nobody drives speaks for the unit,
    so that it is enough if the growth is not that of before or less.
    """
    written, converted = (
        np.maximum(rate, kinds.TINY) for rate in (growth.written, growth.converted)
    )
    level, unit = np.log(converted / written), np.log(ratio)
    nearer = np.abs(level) < np.abs(level + unit)
    return np.asarray(nearer | (~driven & ((level + unit) * unit > 0)))


def stand_as_thousands(points: Points, kept: Flags, rules: Rules) -> Flags:
    """Return, per group, whether the readings in one unit hardly move: that unit is thousands.

    Of 55 and 55,400 either may be the slip, and the miles a day tell which one: as 55,000 and
    55,400 they are driven, as 55 and 55 a vehicle stands still.
    """
    index = np.flatnonzero(kept)
    group = points.group[index]
    still = np.zeros(int(points.group.max()) + 1, dtype=np.bool_)
    still[np.unique(group)] = hardly_move(points.take(index, group), rules)
    return still

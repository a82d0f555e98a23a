"""Histories wholly in another unit than the declared one: metres, thousands, engine hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines.chains import fewest_disputed
from motomind_nb.mileage.lines.lines import Points
from motomind_nb.mileage.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]


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


def find_thousands(found: Units, points: Points, rules: Rules) -> None:
    """Mark the histories that hardly move below a thousand: thousands, or engine hours."""
    group, first, size = np.unique(points.group, return_index=True, return_counts=True)
    days = (points.moment[first + size - 1] - points.moment[first]) / DAY
    long = (days >= rules.standing_days) & (size >= rules.own_rate_stretches)
    found.whole[np.isin(points.group, group[long & hardly_move(points, rules)])] = True


def hardly_move(points: Points, rules: Rules) -> Flags:
    """Return, per group that has points, in their order, whether they stay below a thousand and
    grow more slowly than vehicles drive.
    """
    _, first, size = np.unique(points.group, return_index=True, return_counts=True)
    last = first + size - 1
    days = np.maximum((points.moment[last] - points.moment[first]) / DAY, 1)
    highest = np.maximum.reduceat(points.miles, first) if len(first) else first
    slow = (points.miles[last] - points.miles[first]) < rules.standing_miles_per_day * days
    return np.asarray(slow & (highest < rules.near_zero_miles))


def find_large_units(found: Units, points: Points, chain: Flags, rules: Rules) -> None:
    """Mark the histories that make no sense in the declared unit and do in a smaller one.

    Those with a part in another unit, which was found before, are none.
    """
    part = np.bincount(points.group, weights=found.ratio != 1) > 0
    size = np.bincount(points.group)
    many = np.bincount(points.group[~chain], minlength=len(size)) > rules.whole_off_share * size
    highest = np.zeros(len(size), dtype=np.int64)
    np.maximum.at(highest, points.group, points.miles)
    large = many & ~part & (highest > rules.highest_miles) & (size >= rules.chain_readings)
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

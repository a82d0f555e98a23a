"""Values one slip of the finger away: one digit wrong, extra, missing, or two swapped."""

from __future__ import annotations

import numpy as np

from motomind_nb.mileage.readings import Integers

MOST_DIGITS = 10
NOTHING = -1


def nearest_one_slip_values(
    miles: Integers, lowest: Integers, highest: Integers, expected: Integers
) -> Integers:
    """Return the nearest value to the expected one that is one slip away and fits, or -1.

    A value fits between lowest and highest, both included. About one random value in four has
    such a neighbour, so this is a suggestion and never a correction.
    """
    best = np.full(len(miles), NOTHING, dtype=np.int64)
    distance = np.full(len(miles), np.iinfo(np.int64).max, dtype=np.int64)

    def offer(value: Integers, possible: np.typing.NDArray[np.bool_]) -> None:
        gap = np.abs(value - expected)
        better = possible & (value != miles) & (value >= lowest) & (value <= highest)
        better &= gap < distance
        best[better], distance[better] = value[better], gap[better]

    for place in range(MOST_DIGITS):
        unit = 10**place
        digit, below, above = miles // unit % 10, miles % unit, miles // unit
        there = miles >= unit
        offer(above // 10 * unit + below, there)
        following = above // 10 % 10
        offer(miles + (following - digit) * unit + (digit - following) * unit * 10, above >= 10)
        for wanted in range(10):
            offer(miles + (wanted - digit) * unit, there)
            offer((above * 10 + wanted) * unit + below, miles * 10 >= unit)
    return best

"""How far a reading lies off its neighbours' line: the tie-break between two readings.

When dropping either of two readings leaves an equally long chain, the one that its neighbours
predict stays.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.readings import Flags, Integers

WINDOW = 5
STEPS_PER_DOUBLING = 50
Floats = npt.NDArray[np.float64]


def distances_from_neighbours(
    group: Integers, moment: Integers, miles: Integers, trusted: Flags | None = None
) -> Integers:
    """Return for each reading the distance to its neighbours' line, on a logarithmic scale.

    The line is the middle of four predictions from two trusted readings on either side, so that
    one wrong neighbour doesn't count. Groups with fewer than five of them get 0. Reads only.

    Columns:
        deviation: int64, 50 times the binary logarithm of 1 + miles.
    """
    chosen = np.arange(len(group)) if trusted is None else np.flatnonzero(trusted)
    size = np.bincount(group[chosen], minlength=int(group.max(initial=0)) + 1)
    end = np.cumsum(size)[group]
    count = size[group]
    index = np.arange(len(group))
    rank = np.searchsorted(chosen, index)
    inside = chosen[np.minimum(rank, max(len(chosen) - 1, 0))] == index if len(chosen) else rank < 0
    first = np.maximum(np.minimum(rank - 2, end - WINDOW + 1 - inside), end - count)
    others = [first + offset + (inside & (first + offset >= rank)) for offset in range(WINDOW - 1)]
    others = [chosen[np.minimum(other, max(len(chosen) - 1, 0))] for other in others]
    low, high = ([others[number] for number in numbers] for numbers in ((1, 0, 0, 1), (2, 3, 2, 3)))
    found = _predict(moment, miles, np.array(low), np.array(high))
    middle = (found.sum(axis=0) - found.max(axis=0) - found.min(axis=0)) / 2
    steps = STEPS_PER_DOUBLING * np.log2(1 + np.abs(miles - middle))
    return np.where(count >= WINDOW, steps, 0).astype(np.int64)


def _predict(moment: Integers, miles: Integers, low: Integers, high: Integers) -> Floats:
    """Return the miles at each moment on the straight line through the readings at two places.

    Of several pairs of places at once, one row each.
    """
    length = (moment[high] - moment[low]).astype(np.float64)
    passed = (moment - moment[low]) / np.where(length == 0, 1, length)
    share = np.where(length == 0, 0.5, np.clip(passed, -2, 3))
    return np.asarray(miles[low] + share * (miles[high] - miles[low]), dtype=np.float64)

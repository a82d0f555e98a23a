"""The heaviest non-decreasing chain in every group of a long list of values.

Histories are long but mostly in order, so the work is split before it is done:

1. Ranks turn each group into a permutation; wherever the running maximum of the ranks equals the
   position, everything before is below everything after, and the list falls into independent
   parts. In a clean history every part is a single reading and nothing is left to do.
2. Within a part, neighbours that are also neighbours in rank stand or fall together and become
   one block: an early spike leaves one block of one and one block of all the others.
3. The blocks that are left go through a Fenwick tree of maxima, O(log n) each.

Steps 1 and 2 are numpy over all groups at once; step 3 sees contested blocks only. A compiled
kernel (numba) would make the worst case faster, at the price of a heavy dependency and of seconds
of start-up in every kernel; random histories, the worst case, cost about 4 s per million.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Chains:
    """The heaviest chain of every group, element by element.

    Columns:
        keep: bool, the element is on its group's heaviest chain.
        ending: int64, weight of the heaviest chain of its part that ends with the element.
        part: int64, number of the independent part; parts of a group follow one another.
    """

    keep: Flags
    ending: Integers
    part: Integers


def fewest_disputed(groups: Integers, values: Integers, priority: Integers | None = None) -> Flags:
    """Return True where a value must go so that its group never decreases.

    The input is ordered by group and, within a group, by time. The fewest values are removed;
    among equally few those whose removal costs least trust, and then the later ones. Reads only.

    Columns:
        groups: int64, equal for all values of one history, which must be contiguous.
        values: int64, any unit.
        priority: int64, a lower number is more trusted (default: all are equal).
    """
    return ~heaviest_chains(groups, values, trust_weights(groups, priority)).keep


def trust_weights(groups: Integers, priority: Integers | None = None) -> Integers:
    """Return a weight per value so that the heaviest chain is the longest, then the most trusted.

    Columns:
        weight: int64, no unit; the sum of all discounts in one group is less than one value.
    """
    if priority is None or len(groups) == 0:
        return np.ones(len(groups), dtype=np.int64)
    discount = np.unique(priority, return_inverse=True)[1].astype(np.int64)
    longest = np.max(np.diff(np.append(_starts_of(groups), len(groups))))
    return np.asarray(discount.max() * longest + 1 - discount, dtype=np.int64)


def heaviest_chains(groups: Integers, values: Integers, weights: Integers) -> Chains:
    """Return the heaviest non-decreasing chain of every group, ties to the earlier values.

    The input is ordered by group and, within a group, by time. Reads only.
    """
    ranks = _ranks(groups, values)
    position = np.arange(len(ranks), dtype=np.int64)
    closes = np.maximum.accumulate(ranks) == position if len(ranks) else ranks == 0
    part = np.cumsum(closes, dtype=np.int64) - closes
    chains = Chains(np.ones(len(ranks), dtype=np.bool_), weights.copy(), part)
    contested = np.flatnonzero(np.bincount(part, minlength=1)[part] > 1)
    if len(contested):
        _solve(chains, contested, ranks, weights)
    return chains


def heaviest_chains_from_each(groups: Integers, values: Integers, weights: Integers) -> Integers:
    """Return the weight of the heaviest chain of its part that starts with each element.

    Read backwards, a chain that starts is one that ends. Reads only.
    """
    return heaviest_chains(groups[::-1], -values[::-1], weights[::-1]).ending[::-1]


def _starts_of(labels: Integers) -> Integers:
    """Return the positions where a run of equal labels starts."""
    change = np.empty(len(labels), dtype=np.bool_)
    change[:1] = True
    np.not_equal(labels[1:], labels[:-1], out=change[1:])
    return np.flatnonzero(change)


def _ranks(groups: Integers, values: Integers) -> Integers:
    """Return each value's place when its group is sorted; equal values keep their order."""
    ranks = np.empty(len(values), dtype=np.int64)
    starts = np.zeros(len(values), dtype=np.int64)
    starts[_starts_of(groups)] = 1
    # Groups are contiguous, so a place in the whole list is a place in the group as well.
    ranks[np.lexsort((values, np.cumsum(starts)))] = np.arange(len(values))
    return ranks


def _solve(chains: Chains, contested: Integers, ranks: Integers, weights: Integers) -> None:
    """Fill in the contested elements of the chains."""
    part, place = chains.part[contested], ranks[contested]
    joined = (np.diff(place) == 1) & (np.diff(part) == 0)
    starts = np.flatnonzero(np.concatenate(([True], ~joined)))
    block = np.cumsum(np.concatenate(([True], ~joined))) - 1
    order = np.empty(len(starts), dtype=np.int64)
    order[np.argsort(place[starts])] = np.arange(len(starts))
    block_weights = np.add.reduceat(weights[contested], starts)
    kept, ending = _solve_blocks(part[starts], order, block_weights)
    chains.keep[contested] = kept[block]
    within = np.cumsum(weights[contested])
    after = within[np.append(starts[1:], len(contested)) - 1][block] - within
    chains.ending[contested] = ending[block] - after


def _solve_blocks(part: Integers, order: Integers, weights: Integers) -> tuple[Flags, Integers]:
    """Return kept and ending for blocks; `order` runs on through all parts."""
    bounds = np.append(_starts_of(part), len(part)).tolist()
    places, heavy = order.tolist(), weights.tolist()
    kept = np.zeros(len(part), dtype=np.bool_)
    ending: list[int] = []
    for first, end in pairwise(bounds):
        local = [place - first for place in places[first:end]]
        best, before = _heaviest_endings(local, heavy[first:end])
        ending += best
        block = best.index(max(best))
        while block >= 0:
            kept[first + block] = True
            block = before[block]
    return kept, np.array(ending, dtype=np.int64)


def _heaviest_endings(places: list[int], weights: list[int]) -> tuple[list[int], list[int]]:
    """Return per block the weight of the heaviest chain ending there and the block before it.

    A Fenwick tree holds, for each stretch of places, the block with the heaviest chain so far and
    that chain's weight (-1 and 0 for none).
    """
    size = len(places)
    heaviest, last = [0] * (size + 1), [-1] * (size + 1)
    best, before = [], []
    for block, (place, weight) in enumerate(zip(places, weights, strict=True)):
        most, found, node = 0, -1, place
        while node:
            if heaviest[node] > most:
                most, found = heaviest[node], last[node]
            node &= node - 1
        total, node = most + weight, place + 1
        best.append(total)
        before.append(found)
        while node <= size:
            if total > heaviest[node]:
                heaviest[node], last[node] = total, block
            node += node & -node
    return best, before

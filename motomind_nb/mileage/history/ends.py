"""The ends of a history: a first or last reading has one neighbour only.

What is possible and what is believed are two rules. Between two readings of its chain a reading
stays where both ways are possible. At an end the only neighbour has to believe it: no decrease, no
more than the usual miles a day, nor more than the chain's own habits allow. A later (or earlier)
reading that agrees with it decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines import Points, neighbours
from motomind_nb.mileage.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """The readings of all chains, one chain after the other, each in order of time.

    Columns: label (number of the chain), day (since 1970-01-01), miles; all int64. keep: bool,
    on the chain (changed in place). usual: float64, the chain's own miles a day on busy days, or
    infinity where too few stretches tell.
    """

    label: Integers
    day: Integers
    miles: Integers
    keep: Flags
    usual: Floats

    def days(self, early: Integers, late: Integers) -> Integers:
        """Return the days between readings at two places, one at least."""
        return np.asarray(np.maximum(self.day[late] - self.day[early], 1))

    def is_possible(self, early: Integers, late: Integers, rules: Rules) -> Flags:
        """Return whether anybody can have driven from the one reading to the other."""
        rise = self.miles[late] - self.miles[early]
        most = self.days(early, late) * rules.impossible_miles_per_day + rules.tolerance_miles
        return np.asarray((rise >= -rules.tolerance_miles) & (rise <= most))

    def is_believed(self, early: Integers, late: Integers, rules: Rules) -> Flags:
        """Return whether the one reading alone makes the other credible."""
        rise, days = self.miles[late] - self.miles[early], self.days(early, late)
        own = days * rules.own_rate_factor * self.usual[late] + rules.journey_miles
        most = np.minimum(days * float(rules.warning_miles_per_day), own) + rules.tolerance_miles
        near = days <= rules.longest_gap_days
        return np.asarray(near & (rise >= -rules.tolerance_miles) & (rise <= most))

    def same_stop(self, early: Integers, late: Integers) -> Flags:
        """Return whether two readings were noted once: same day, same miles."""
        same = (self.day[early] == self.day[late]) & (self.miles[early] == self.miles[late])
        return np.asarray(same)


def settle_ends(points: Points, piece: Integers, keep: Flags, rules: Rules) -> None:
    """Put readings back on their chains, or take ends off them (changes keep in place)."""
    if not len(keep):
        return
    label = points.group * (int(piece.max(initial=0)) + 1) + piece
    order = np.argsort(label, kind="stable")
    unknown = np.full(len(order), np.inf)
    day = points.moment[order] // DAY
    chain = Chain(label[order], day, points.miles[order], keep[order], unknown)
    _admit_between(chain, rules)
    chain = replace(chain, usual=_usual_rates(chain, rules))
    _drop_ends(chain, rules)
    _admit_ends(chain, rules)
    keep[order] = chain.keep


def _admit_between(chain: Chain, rules: Rules) -> None:
    """Put readings back that both neighbours on the chain make possible."""
    before, after = neighbours(chain.label, chain.keep)
    off = np.flatnonzero(~chain.keep & (before >= 0) & (after >= 0))
    fits = chain.is_possible(before[off], off, rules) & chain.is_possible(off, after[off], rules)
    chain.keep[off[fits]] = True


def _usual_rates(chain: Chain, rules: Rules) -> Floats:
    """Return, per reading, the miles a day of its chain's busy stretches, both ends left out."""
    place = np.flatnonzero(chain.keep)
    early, late = place[:-1], place[1:]
    inside = chain.label[early] == chain.label[late]
    inside[:-1] &= chain.label[early][:-1] == chain.label[late][1:]
    inside[1:] &= chain.label[early][:-1] == chain.label[late][1:]
    inside[:1], inside[-1:] = False, False
    early, late = early[inside], late[inside]
    rate = (chain.miles[late] - chain.miles[early]) / chain.days(early, late)
    label = chain.label[late]
    order = np.lexsort((rate, label))
    first = np.flatnonzero(np.diff(label, prepend=-1))
    count = np.diff(np.append(first, len(label)))
    busy = first + np.ceil(rules.busy_share * count).astype(np.int64) - 1
    usual = np.where(count >= rules.own_rate_stretches, rate[order][busy], np.inf)
    numbers = np.searchsorted(label[first], chain.label)
    found = np.append(usual, np.inf)[numbers]
    known = np.append(label[first], -1)[numbers] == chain.label
    return np.asarray(np.where(known, found, np.inf))


def _drop_ends(chain: Chain, rules: Rules) -> None:
    """Take a first or last stop off a chain of three or more, unless its neighbour believes it."""
    place = np.flatnonzero(chain.keep)
    new = np.ones(len(place), dtype=np.bool_)
    new[1:] = chain.label[place[1:]] != chain.label[place[:-1]]
    first_of_chain = new.copy()
    new[1:] |= ~chain.same_stop(place[:-1], place[1:])
    stop = np.cumsum(new) - 1
    at, opens = place[new], first_of_chain[new]
    closes = np.append(opens[1:], True)
    stops = np.diff(np.append(np.flatnonzero(opens), len(at)))
    enough = np.repeat(stops >= rules.chain_readings, stops)
    believed = np.ones(len(at), dtype=np.bool_)
    believed[1:] = chain.is_believed(at[:-1], at[1:], rules)
    follows = np.append(believed[1:], True)
    wrong = enough & ((opens & ~follows) | (closes & ~believed))
    chain.keep[place[wrong[stop]]] = False


def _admit_ends(chain: Chain, rules: Rules) -> None:
    """Put readings beyond an end back that it believes, or that another such reading confirms."""
    before, after = neighbours(chain.label, chain.keep)
    off = np.flatnonzero(~chain.keep & ((before >= 0) != (after >= 0)))
    early = np.where(before[off] >= 0, before[off], off)
    late = np.where(before[off] >= 0, off, after[off])
    believed = chain.is_believed(early, late, rules)
    possible = chain.is_possible(early, late, rules)
    first, second = off[:-1], off[1:]
    agree = (before[first] == before[second]) & (after[first] == after[second])
    agree &= (chain.label[first] == chain.label[second]) & ~chain.same_stop(first, second)
    agree &= possible[:-1] & possible[1:] & chain.is_believed(first, second, rules)
    confirmed = np.zeros(len(off), dtype=np.bool_)
    confirmed[:-1] |= agree
    confirmed[1:] |= agree
    chain.keep[off[believed | confirmed]] = True

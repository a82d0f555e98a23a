"""Second lines: a vehicle whose leftovers form a line of their own is read again, line by line.

Few vehicles need it: two vehicles under one id, a meter keyed in two units in turn, or two
sources that tell different stories. There each reading goes to the highest line it can continue,
settled lines (three readings and more) before young ones, so that a spike never takes a line over.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.lines.digits import nearest_one_slip_values
from motomind_nb.mileage.lines.lines import Points, longest_chain, neighbours
from motomind_nb.mileage.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules


class Tracker:
    """The lines of one vehicle while its readings come in order of time.

    settled and young hold numbers of lines, in order of their highest miles; all else is by number.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.settled: list[int] = []
        self.young: list[int] = []
        self.highest: list[int] = []
        self.moments: list[int] = []
        self.begins: list[tuple[int, int]] = []
        self.sizes: list[int] = []

    def line_of(self, moment: int, miles: int) -> int:
        """Return the number of the line that takes the reading, and remember it."""
        most = miles + self.rules.tolerance_miles
        for lines in (self.settled, self.young):
            place = bisect_right(lines, most, key=self.highest.__getitem__) - 1
            if place >= 0 and self._reaches(lines[place], moment, miles):
                return self._extend(lines, place, moment, miles)
        line = len(self.sizes)
        self.sizes.append(1)
        self.highest.append(miles)
        self.moments.append(moment)
        self.begins.append((moment, miles))
        self._insert(self.young, line)
        return line

    def _reaches(self, line: int, moment: int, miles: int) -> bool:
        highest = self.highest[line]
        days = max((moment - self.moments[line]) / DAY, 1)
        rate, limits = float(self.rules.warning_miles_per_day), self.rules.beside
        if self.sizes[line] >= self.rules.chain_readings:
            begun, first = self.begins[line]
            own = (highest - first) / max((self.moments[line] - begun) / DAY, 1)
            rate = min(rate, limits.rate_factor * max(own, limits.slowest_miles_per_day))
        return miles - highest <= days * rate + limits.trip_miles

    def _extend(self, lines: list[int], place: int, moment: int, miles: int) -> int:
        line = lines[place]
        self.highest[line] = max(self.highest[line], miles)
        self.moments[line] = moment
        self.sizes[line] += 1
        if lines is self.young and self.sizes[line] >= self.rules.chain_readings:
            del lines[place]
            self._insert(self.settled, line)
        return line

    def _insert(self, lines: list[int], line: int) -> None:
        insort(lines, line, key=lambda number: (self.highest[number], number))


def vehicles_with_second_line(points: Points, keep: Flags, rules: Rules) -> Integers:
    """Return the groups whose readings off the chain form a line with a plausible rate.

    The line holds a good part of what is off the chain: careless drivers leave many readings off,
    which never lie on one line. A short line counts too where no slip explains its readings and
    nearly all that is off lies on it.
    """
    left = np.flatnonzero(~keep & ~np.isin(points.miles, rules.placeholders))
    size = int(points.group.max(initial=-1)) + 1
    strange = left[_unexplained(points, keep, left)]
    whole, off = (np.bincount(points.group[part], minlength=size) for part in (slice(None), left))
    long = _line_lengths(points, left, size, rules)
    short = _line_lengths(points, strange, size, rules)
    likely = (long >= rules.second_line_share * whole) & (long >= rules.second_line_of_off * off)
    likely |= short >= rules.beside.nearly_all_share * off
    return np.flatnonzero(likely & (long >= rules.chain_readings))


def _line_lengths(points: Points, index: Integers, size: int, rules: Rules) -> Integers:
    """Return, per group, how many of some readings lie on one line."""
    if not len(index):
        return np.zeros(size, dtype=np.int64)
    rest = points.take(index, points.group[index])
    found = longest_chain(rest, rules.warning_miles_per_day)
    return np.bincount(rest.group[found], minlength=size)


def _unexplained(points: Points, keep: Flags, left: Integers) -> Flags:
    """Return which readings are not one slip away from a value that fits the chain."""
    before, after = (found[left] for found in neighbours(points.group, keep))
    low = np.where(before >= 0, points.miles[before], 0)
    high = np.where(after >= 0, points.miles[after], 2 * low)
    found = nearest_one_slip_values(points.miles[left], low, high, (low + high) // 2)
    return np.asarray(found < 0)


def least_second_line_size(keep: Flags, rules: Rules) -> int:
    """Return how many readings a second line needs in a vehicle with these on its chain."""
    short = rules.beside.nearly_all_share * float((~keep).sum())
    share = min(rules.second_line_share * len(keep), short)
    return max(rules.chain_readings, int(np.ceil(share)))


def separate_vehicle_lines(
    points: Points, index: slice, least: int, rules: Rules
) -> tuple[Integers, Flags]:
    """Return the lines of one vehicle, numbered by first reading, and who is on a real one.

    A real line has at least so many readings, once the lines that slips broke are joined.
    """
    tracker = Tracker(rules)
    moments, miles = points.moment[index].tolist(), points.miles[index].tolist()
    pairs = zip(moments, miles, strict=True)
    line = np.array([tracker.line_of(*pair) for pair in pairs], dtype=np.int64)
    size = np.bincount(line)
    real = size >= max(rules.chain_readings, rules.beside.young_share * least)
    mine = np.arange(index.start, index.start + len(line))
    points = points.take(mine, np.zeros_like(line))
    parts = [np.flatnonzero(line == number) for number in np.flatnonzero(real).tolist()]
    large = [whole for whole in _joined(points, parts, rules) if len(whole) >= least]
    piece, keep = np.zeros(len(line), dtype=np.int64), np.zeros(len(line), dtype=np.bool_)
    rates = [rules.warning_miles_per_day] * len(large)
    for number, line in enumerate(smoothest_longest_chains(points, large, rates)):
        piece[large[number]] = number
        keep[line] = True
    return _two_lines(points, piece, keep, rules)


def _two_lines(
    points: Points, piece: Integers, keep: Flags, rules: Rules
) -> tuple[Integers, Flags]:
    """Return the lines with every reading given to the nearer of two, by ratio.

    That mends lines which slips broke. The two are those of the longest from which the readings
    lie least far; they are drawn again once. Where readings would be lost there are more lines.
    """
    longest = np.argsort(-np.bincount(piece[keep]), kind="stable")
    longest = longest[: rules.beside.most_lines].tolist()
    lines = [np.flatnonzero(keep & (piece == number)) for number in longest]
    limits = rules.beside
    if len(lines) < 2:
        return piece, keep
    far = np.array([_distance(points, line, rules) for line in lines])
    pairs = list(combinations(range(len(lines)), 2))
    best = min(pairs, key=lambda pair: float(far[list(pair)].min(axis=0).sum()))
    lines = [lines[number] for number in best]
    for _ in range(2):
        far = np.array([_distance(points, line, rules) for line in lines])
        nearer = far.argmin(axis=0)
        lines = [
            np.flatnonzero((nearer == number) & (far[number] < limits.farthest_level))
            for number in (0, 1)
        ]
        lines = smoothest_longest_chains(points, lines, [rules.warning_miles_per_day] * 2)
        if min(map(len, lines)) == 0:
            return piece, keep
    if sum(map(len, lines)) < limits.kept_share * keep.sum():
        return piece, keep
    first = int(lines[1][0] < lines[0][0])
    found = np.zeros(len(piece), dtype=np.bool_)
    found[np.concatenate(lines)] = True
    return np.where(nearer == first, 0, 1).astype(np.int64), found


def _distance(points: Points, line: Integers, rules: Rules) -> npt.NDArray[np.float64]:
    """Return how far each reading lies from a line, as the logarithm of their ratio, up to far."""
    level = np.interp(points.moment, points.moment[line], points.miles[line])
    far = np.abs(np.log(points.miles / np.maximum(level, 1)))
    return np.minimum(far, rules.beside.farthest_level)


def explains_more(piece: Integers, keep: Flags, single: Flags, rules: Rules) -> bool:
    """Return whether several lines tell more than the chains found without them.

    They put most of what was off the chain in its place (`single` tells who was on it), less where
    more is off than careless keying explains; and they consist of that, not of readings taken
    from the main line.
    """
    gain, off = int(keep.sum() - single.sum()), int((~single).sum())
    sizes = np.bincount(piece[keep])
    beside = int(sizes.sum() - sizes.max(initial=0))
    limits = rules.beside
    many = off >= limits.many_off_share * len(single)
    share = limits.gained_share_of_many if many else limits.gained_share
    enough = gain >= max(rules.chain_readings, share * off)
    return enough and 0 < beside <= limits.beside_factor * off


def _joined(points: Points, parts: list[Integers], rules: Rules) -> list[Integers]:
    """Return the places of each line; a line that one or two slips broke is joined again."""
    wholes: list[Integers] = []
    rate = rules.warning_miles_per_day
    for mine in parts:
        for place, whole in enumerate(wholes):
            both = np.sort(np.concatenate((whole, mine)))
            on_line = flag_smoothest_longest_chain(points, both, rate)
            if (~on_line).sum() <= rules.beside.slips:
                wholes[place] = both
                break
        else:
            wholes.append(mine)
    return wholes


def flag_smoothest_longest_chain(points: Points, index: Integers, rate_per_day: int) -> Flags:
    """Return who is on the longest, then smoothest chain of one line's readings, under a rate."""
    line = points.take(index, np.zeros(len(index), dtype=np.int64)).smoothed()
    first = longest_chain(line, rate_per_day)
    return longest_chain(line.smoothed(first), rate_per_day)


def smoothest_longest_chains(
    points: Points, lines: Sequence[Integers], rates_per_day: Sequence[int]
) -> list[Integers]:
    """Return the places of each line's longest, then smoothest chain, each under its own rate.

    All at once: for a line of some dozens of readings the calls cost more than the numbers.
    """
    if not lines:
        return []
    sizes = [len(line) for line in lines]
    index, number = np.concatenate(lines), np.repeat(np.arange(len(lines)), sizes)
    rate = np.repeat(np.array(rates_per_day, dtype=np.int64), sizes)
    every = points.take(index, number).smoothed()
    first = longest_chain(every, rate)
    keep = longest_chain(every.smoothed(first), rate)
    return [index[keep & (number == place)] for place in range(len(lines))]

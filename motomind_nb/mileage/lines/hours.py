"""Engine hours keyed in turn with miles: two lines of one vehicle at a steady ratio.

Engines drive 5 to 20 miles an hour of running, and who keys hours in one visit and miles in the
next also keys many readings wrongly. So what counts is not that all is explained, but that the
readings off the chain gather at one ratio to it, and grow at that ratio, too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage.lines.lines import Points
from motomind_nb.mileage.lines.tracks import smoothest_longest_chains
from motomind_nb.mileage.readings import DAY, Flags, Integers, kinds
from motomind_nb.mileage.rules import Rules


@dataclass(frozen=True)
class EngineHours:
    """The readings of one vehicle that keys both. Columns: hours, on the line of hours; keep, on
    either line.
    """

    hours: Flags
    keep: Flags


def vehicles_with_hours(points: Points, chain: Flags, rules: Rules) -> dict[int, EngineHours]:
    """Return the vehicles with engine hours among their miles, or miles among their hours."""
    size = np.bincount(points.group)
    off = np.bincount(points.group[~chain], minlength=len(size))
    many = (off >= rules.chain_readings) & (off >= rules.second_line_share * size)
    found = {}
    for vehicle in np.flatnonzero(many).tolist():
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        mine = points.take(np.arange(first, end), points.group[first:end])
        for hours_are_off in (True, False):
            other = _gathered(mine, chain[first:end], hours_are_off, rules)
            lines = (chain[first:end], other) if hours_are_off else (other, chain[first:end])
            if other.any() and (both := _both_lines(mine, *lines, rules)) is not None:
                found[vehicle] = both
    return found


def _gathered(points: Points, chain: Flags, below: bool, rules: Rules) -> Flags:
    """Return the readings off the chain that gather at one ratio below it, or above."""
    line = np.interp(points.moment, points.moment[chain], points.miles[chain])
    level = np.log(points.miles / np.maximum(line, 1)) * (-1 if below else 1)
    lowest, highest = np.log(rules.engine_hours_ratio)
    inside = ~chain & (level >= lowest) & (level <= highest)
    levels = np.sort(level[inside])
    width = np.log(rules.hours_spread)
    count = np.searchsorted(levels, levels + width, side="right") - np.arange(len(levels))
    least = max(
        rules.chain_readings,
        rules.second_line_share * len(chain),
        rules.hours_of_off * float((~chain).sum()),
    )
    if not len(levels) or count.max() < least:
        return np.zeros_like(chain)
    start = levels[int(count.argmax())]
    return np.asarray(inside & (level >= start) & (level <= start + width))


def _both_lines(points: Points, miles: Flags, hours: Flags, rules: Rules) -> EngineHours | None:
    """Return who is on which line, or None where hours and miles do not grow at one ratio."""
    rates = (rules.warning_miles_per_day, kinds.HOURS_A_DAY)
    near = [miles, hours]
    places = [np.flatnonzero(flags) for flags in near]
    for _ in range(rules.hours_rounds):
        near = _nearer(points, places, rules)
        places = smoothest_longest_chains(points, [np.flatnonzero(one) for one in near], rates)
        if min(map(len, places)) < rules.chain_readings:
            return None
    if any(
        len(place) < rules.judged_share * flags.sum()
        for place, flags in zip(places, near, strict=True)
    ):
        return None
    growth_of_miles, growth_of_hours = (_growth(points, place) for place in places)
    level = _level(points, *places)
    if not kinds.grow_as_hours_and_miles(growth_of_hours, growth_of_miles, level, rules):
        return None
    keep, on_hours = np.zeros_like(miles), np.zeros_like(miles)
    keep[np.concatenate(places)], on_hours[places[1]] = True, True
    # a meter that was replaced changes its line once, for good
    if np.count_nonzero(np.diff(on_hours[keep])) < rules.chain_readings:
        return None
    return EngineHours(on_hours, keep)


def _nearer(points: Points, places: list[Integers], rules: Rules) -> list[Flags]:
    """Return which readings are near to each of two lines, and nearer than to the other."""
    far = []
    for place in places:
        level = np.interp(points.moment, points.moment[place], points.miles[place])
        far.append(np.abs(np.log(points.miles / np.maximum(level, 1))))
    width = np.log(rules.hours_spread)
    return [(far[0] < far[1]) & (far[0] < width), (far[1] <= far[0]) & (far[1] < width)]


def _level(points: Points, miles: Integers, hours: Integers) -> float:
    """Return how many times the line of hours that of miles usually is."""
    line = np.interp(points.moment[hours], points.moment[miles], points.miles[miles])
    return float(np.median(line / np.maximum(points.miles[hours], 1)))


def _growth(points: Points, place: Integers) -> float:
    days = max((points.moment[place[-1]] - points.moment[place[0]]) / DAY, 1)
    return float((points.miles[place[-1]] - points.miles[place[0]]) / days)

"""From ordered readings to lines: who is on which chain, and what happened to each vehicle."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.history.ends import settle_ends
from motomind_nb.mileage.history.events import (
    Event,
    name_disagreements,
    name_successions,
    name_units,
    read_second_lines,
    tell_hours,
)
from motomind_nb.mileage.lines import (
    Lines,
    Units,
    assign_pieces_and_chains,
    longest_chain,
    neighbours,
    points_of_valid_readings,
    units_of,
)
from motomind_nb.mileage.readings import Flags, Integers, Readings, kinds, match_repeated_readings
from motomind_nb.mileage.rules import Rules

NOT_FOUND = -1
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class History:
    """Readings with their lines, one element per reading in the readings' order.

    Miles of the readings are those of the declared unit, converted where another was found.

    Columns:
        original: int64, place of the reading that this one repeats, or -1.
        line: int64, number of the chain in its vehicle from 1, by first reading; 0 for none.
        on_chain: bool.
        other_unit: bool, written in another unit.
        ratio: float64, what was written is so many times the miles; 1 for miles, and where the
            ratio is not known.
        before, after: int64, place of the nearest readings on the same chain, or -1.

    `events` are in order of vehicle, kind and place (in the readings).
    """

    readings: Readings
    original: Integers
    line: Integers
    on_chain: Flags
    other_unit: Flags
    ratio: Floats
    before: Integers
    after: Integers
    events: tuple[Event, ...]

    @property
    def in_miles(self) -> Flags:
        """True on a chain, and written in the declared unit."""
        return self.on_chain & ~self.other_unit

    @property
    def never_in_miles(self) -> Integers:
        """The vehicles whose whole history is in a unit that nothing proves."""
        found = {event.vehicle for event in self.events if event.kind == kinds.WHOLE_UNIT}
        return np.array(sorted(found), dtype=np.int64)

    def events_of(self, vehicle: int) -> tuple[Event, ...]:
        """Return the events of one vehicle."""
        first, end = (
            bisect_left(self.events, number, key=attrgetter("vehicle"))
            for number in (vehicle, vehicle + 1)
        )
        return self.events[first:end]


def find_vehicle_lines(readings: Readings, rules: Rules) -> History:
    """Return the lines of every vehicle. Reads only."""
    original = match_repeated_readings(readings, rules)
    future = readings.day > rules.latest_day
    place = np.flatnonzero(readings.valid & (original < 0) & ~future)
    points = points_of_valid_readings(readings, place)
    chain = longest_chain(points, rules.warning_miles_per_day)
    units = units_of(points, chain, rules)
    ratio = _ratios(units, place, original)
    if (units.ratio != 1).any():
        readings = _in_one_unit(readings, ratio)
        points = points_of_valid_readings(readings, place)
        chain = longest_chain(points, rules.warning_miles_per_day)
    piece, keep, whole = assign_pieces_and_chains(points, chain, rules)
    lines = Lines(readings.source[place], piece, keep, whole, (units.ratio != 1) | units.whole)
    events = name_units(points, units)
    events += name_disagreements(points, lines, rules)
    events += read_second_lines(points, lines, {event.vehicle for event in events}, rules)
    events = tell_hours(points, lines, events, rules)
    settle_ends(points, lines.piece, lines.keep, rules)
    events += name_successions(points, lines, rules)
    placed = tuple(sorted(event._replace(place=int(place[event.place])) for event in events))
    columns = _all_rows(readings, original, place, lines)
    return History(readings, original, *columns[:3], ratio, *columns[3:], placed)


def _ratios(units: Units, place: Integers, original: Integers) -> Floats:
    """Return the ratio of every row's unit; a copy has that of its original."""
    ratio = np.ones(len(original))
    ratio[place] = units.ratio
    copy = np.flatnonzero(original >= 0)
    ratio[copy] = ratio[original[copy]]
    return ratio


def _in_one_unit(readings: Readings, ratio: Floats) -> Readings:
    """Return the readings with miles in the declared unit."""
    miles = np.where(ratio == 1, readings.miles, np.rint(readings.miles / ratio))
    return replace(readings, miles=miles.astype(np.int64))


def _all_rows(
    readings: Readings, original: Integers, place: Integers, lines: Lines
) -> tuple[Integers, Flags, Flags, Integers, Integers]:
    """Return line, on_chain, other_unit, before and after of every row.

    A copy is the same physical event: it has no voice, and stands or falls with its original.
    """
    line = np.zeros(len(readings), dtype=np.int64)
    on_chain, unit = np.zeros_like(line, dtype=np.bool_), np.zeros_like(line, dtype=np.bool_)
    line[place], on_chain[place], unit[place] = lines.piece + 1, lines.keep, lines.unit
    copy = np.flatnonzero(original >= 0)
    line[copy] = line[original[copy]]
    before, after = _neighbours(readings.vehicle, line, on_chain)
    on_chain[copy], unit[copy] = on_chain[original[copy]], unit[original[copy]]
    return line, on_chain, unit, before, after


def _neighbours(vehicle: Integers, line: Integers, on_chain: Flags) -> tuple[Integers, Integers]:
    """Return the neighbours on the chain, also where lines of one vehicle interleave."""
    label = vehicle * (int(line.max(initial=0)) + 1) + line
    order = np.argsort(label, kind="stable")
    before, after = (np.full(len(line), NOT_FOUND, dtype=np.int64) for _ in range(2))
    for target, found in zip(
        (before, after), neighbours(label[order], on_chain[order]), strict=True
    ):
        target[order] = np.where(found >= 0, order[found], NOT_FOUND)
    return before, after

"""From ordered readings to lines: who is on which chain, and what happened to each vehicle."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.history.ends import settle_ends
from motomind_nb.mileage.lines import (
    Lines,
    Points,
    Units,
    chain_of,
    disagreeing_sources,
    explains_more,
    follow_lines,
    least_line,
    longest_chain,
    main_lines,
    neighbours,
    points_of,
    units_of,
    vehicles_with_hours,
    vehicles_with_second_line,
)
from motomind_nb.mileage.readings import Flags, Integers, Readings, kinds, originals
from motomind_nb.mileage.rules import Rules

NOT_FOUND = -1
Floats = npt.NDArray[np.float64]


class Event(NamedTuple):
    """What happened to a vehicle's lines: the vehicle, the kind (a key of kinds.WORDS), the place
    of the reading where it starts.
    """

    vehicle: int
    kind: str
    place: int


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


def history_of(readings: Readings, rules: Rules) -> History:
    """Return the lines of every vehicle. Reads only."""
    original = originals(readings, rules)
    future = readings.day > rules.latest_day
    place = np.flatnonzero(readings.valid & (original < 0) & ~future)
    points = points_of(readings, place)
    chain = longest_chain(points, rules.warning_miles_per_day)
    units = units_of(points, chain, rules)
    ratio = _ratios(units, place, original)
    if (units.ratio != 1).any():
        readings = _in_one_unit(readings, ratio)
        points = points_of(readings, place)
        chain = longest_chain(points, rules.warning_miles_per_day)
    piece, keep, whole = main_lines(points, chain, rules)
    lines = Lines(readings.source[place], piece, keep, whole, (units.ratio != 1) | units.whole)
    events = _units(points, units)
    events += _disagreements(points, lines, rules)
    events += _second_lines(points, lines, {event.vehicle for event in events}, rules)
    events = _engine_hours(points, lines, events, rules)
    settle_ends(points, lines.piece, lines.keep, rules)
    events += _successions(points, lines, rules)
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


def _units(points: Points, units: Units) -> list[Event]:
    """Name the vehicles with readings in another unit."""
    events = []
    for flags, kind in (
        (units.whole, kinds.WHOLE_UNIT),
        ((units.ratio != 1) & ~units.whole, kinds.OTHER_UNIT),
    ):
        place = np.flatnonzero(flags)
        vehicle, first = np.unique(points.group[place], return_index=True)
        pairs = zip(vehicle.tolist(), place[first].tolist(), strict=True)
        events += [Event(number, kind, at) for number, at in pairs]
    return events


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


def _second_lines(points: Points, lines: Lines, settled: set[int], rules: Rules) -> list[Event]:
    """Read vehicles with a second line again, line by line, where that explains more readings."""
    events: list[Event] = []
    several = vehicles_with_second_line(points, lines.keep, rules)
    for vehicle in sorted(set(several.tolist()) - settled):
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        part = slice(first, end)
        piece, keep = follow_lines(points, part, least_line(lines.keep[part], rules), rules)
        if explains_more(piece, keep, lines.keep[part], rules):
            lines.piece[part], lines.keep[part] = piece, keep
            events += _beside(part, points, lines, rules)
    return events


def _engine_hours(points: Points, lines: Lines, events: list[Event], rules: Rules) -> list[Event]:
    """Tell hours from miles where the lines so far did not; return the events that then hold."""
    known = {event.vehicle for event in events if event.kind == kinds.ENGINE_HOURS}
    for vehicle, found in vehicles_with_hours(points, lines.whole, rules).items():
        if vehicle in known:
            continue
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        second = found.hours if not found.hours[np.argmax(found.keep)] else ~found.hours
        lines.piece[first:end], lines.keep[first:end] = second, found.keep
        lines.unit[first:end] = found.hours
        place = first + int(np.argmax(found.hours))
        events = [event for event in events if event.vehicle != vehicle]
        events.append(Event(vehicle, kinds.ENGINE_HOURS, place))
    return events


def _disagreements(points: Points, lines: Lines, rules: Rules) -> list[Event]:
    """Name the vehicles where a source is at odds with all others, and believe the others."""
    events: list[Event] = []
    for vehicle, keep in disagreeing_sources(points, lines, rules).items():
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        lines.keep[first:end], lines.piece[first:end] = keep, 0
        events.append(Event(vehicle, kinds.DISAGREEMENT, first + int(np.argmin(keep))))
    return events


def _beside(part: slice, points: Points, lines: Lines, rules: Rules) -> list[Event]:
    """Name what runs beside the longest line of one vehicle, and settle its readings."""
    vehicle = int(points.group[part.start])
    piece, keep = lines.piece[part], lines.keep[part].copy()
    columns = (points.moment[part], points.miles[part], lines.source[part])
    longest = int(np.bincount(piece[keep]).argmax())
    main = kinds.on(keep & (piece == longest), *columns)
    events: list[Event] = []
    for number in np.unique(piece[keep]).tolist():
        mine = keep & (piece == number)
        other = kinds.on(mine, *columns)
        if number == longest or not kinds.interleaved(main, other):
            continue
        kind = kinds.beside(main, other, rules)
        if kind == kinds.ENGINE_HOURS and kinds.hours_line(main, other) is main:
            mine = keep & (piece == longest)
        if kind in (kinds.OTHER_UNIT, kinds.ENGINE_HOURS):
            if kind == kinds.ENGINE_HOURS:
                place = part.start + np.flatnonzero(mine)
                lines.keep[place] = chain_of(points, place, kinds.HOURS_A_DAY)
            lines.unit[part] |= mine & lines.keep[part]
        events.append(Event(vehicle, kind, part.start + int(np.flatnonzero(mine)[0])))
    return events


def _successions(points: Points, lines: Lines, rules: Rules) -> list[Event]:
    """Name what each chain is to the one before it, where they don't run side by side."""
    events: list[Event] = []
    several = np.unique(points.group[lines.keep & (lines.piece > 0)])
    for vehicle in several.tolist():
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        part = slice(first, end)
        columns = (points.moment[part], points.miles[part], lines.source[part])
        keep, piece = lines.keep[part], lines.piece[part]
        numbers = np.unique(piece[keep]).tolist()
        found = [kinds.on(keep & (piece == number), *columns) for number in numbers]
        for index in range(1, len(found)):
            if not kinds.interleaved(found[index - 1], found[index]):
                start = first + int(np.flatnonzero(keep & (piece == numbers[index]))[0])
                kind = kinds.between(found[index - 1], found[index], rules)
                events.append(Event(vehicle, kind, start))
    return events

"""What happened to the lines of each vehicle, and what that makes of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from motomind_nb.mileage.lines import (
    Lines,
    Points,
    Units,
    disagreeing_sources,
    explains_more,
    flag_smoothest_longest_chain,
    least_second_line_size,
    separate_vehicle_lines,
    vehicles_with_hours,
    vehicles_with_second_line,
)
from motomind_nb.mileage.readings import kinds
from motomind_nb.mileage.rules import Rules


class Event(NamedTuple):
    """What happened to a vehicle's lines: the vehicle, the kind (a key of kinds.WORDS), the place
    of the reading where it starts.
    """

    vehicle: int
    kind: str
    place: int


def name_units(points: Points, units: Units) -> list[Event]:
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


def read_second_lines(points: Points, lines: Lines, settled: set[int], rules: Rules) -> list[Event]:
    """Read vehicles with a second line again, line by line, where that explains more readings."""
    events: list[Event] = []
    several = vehicles_with_second_line(points, lines.keep, rules)
    for vehicle in sorted(set(several.tolist()) - settled):
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        part = slice(first, end)
        piece, keep = separate_vehicle_lines(
            points, part, least_second_line_size(lines.keep[part], rules), rules
        )
        if explains_more(piece, keep, lines.keep[part], rules):
            lines.piece[part], lines.keep[part] = piece, keep
            events += _beside(part, points, lines, rules)
    return events


def tell_hours(points: Points, lines: Lines, events: list[Event], rules: Rules) -> list[Event]:
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


def name_disagreements(points: Points, lines: Lines, rules: Rules) -> list[Event]:
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
    main = kinds.line_from_flags(keep & (piece == longest), *columns)
    events: list[Event] = []
    for number in np.unique(piece[keep]).tolist():
        mine = keep & (piece == number)
        other = kinds.line_from_flags(mine, *columns)
        if number == longest or not kinds.interleaved(main, other, rules):
            continue
        kind = kinds.kind_of_parallel_line(main, other, rules)
        if kind == kinds.ENGINE_HOURS and kinds.hours_line(main, other) is main:
            mine = keep & (piece == longest)
        if kind in (kinds.OTHER_UNIT, kinds.ENGINE_HOURS):
            if kind == kinds.ENGINE_HOURS:
                place = part.start + np.flatnonzero(mine)
                lines.keep[place] = flag_smoothest_longest_chain(points, place, kinds.HOURS_A_DAY)
            lines.unit[part] |= mine & lines.keep[part]
        events.append(Event(vehicle, kind, part.start + int(np.flatnonzero(mine)[0])))
    return events


def name_successions(points: Points, lines: Lines, rules: Rules) -> list[Event]:
    """Name what each chain is to the one before it, where they don't run side by side."""
    events: list[Event] = []
    several = np.unique(points.group[lines.keep & (lines.piece > 0)])
    for vehicle in several.tolist():
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        part = slice(first, end)
        columns = (points.moment[part], points.miles[part], lines.source[part])
        keep, piece = lines.keep[part], lines.piece[part]
        numbers = np.unique(piece[keep]).tolist()
        found = [kinds.line_from_flags(keep & (piece == number), *columns) for number in numbers]
        for index in range(1, len(found)):
            if not kinds.interleaved(found[index - 1], found[index], rules):
                start = first + int(np.flatnonzero(keep & (piece == numbers[index]))[0])
                kind = kinds.kind_of_next_line(found[index - 1], found[index], rules)
                events.append(Event(vehicle, kind, start))
    return events

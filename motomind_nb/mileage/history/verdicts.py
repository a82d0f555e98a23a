"""The verdict of every vehicle, and the sentence that says why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage import rules
from motomind_nb.mileage.history.classes import CODE, Classes
from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.readings import Integers, kinds
from motomind_nb.mileage.rules import Rules

NAMED = (
    (rules.SPIKE, "entry error", "entry errors"),
    (rules.DIGIT, "reading one slip of a digit away", "readings one slip of a digit away"),
    (rules.NO_READING, "entry that is no reading", "entries that are no reading"),
    (
        rules.UNDECIDED,
        "reading that later ones must decide",
        "readings that later ones must decide",
    ),
    (rules.UNIT, "reading in another unit", "readings in another unit"),
)


@dataclass(frozen=True)
class Verdicts:
    """One element per vehicle, in the order of the readings' vehicles.

    Columns:
        verdict, reason: text.
        current: int64, place of the last reading on a chain, or -1.
        readings: int64, number of rows.
    """

    verdict: list[str]
    reason: list[str]
    current: Integers
    readings: Integers


def verdicts_of(history: History, classes: Classes, rules: Rules) -> Verdicts:
    """Return verdict, reason and current reading of every vehicle. Reads only."""
    readings = history.readings
    count = len(readings.vehicles)
    reasons: dict[int, list[str]] = defaultdict(list)
    valid = np.bincount(readings.vehicle[readings.valid], minlength=count)
    on = np.bincount(readings.vehicle[history.on_chain], minlength=count)
    for vehicle in np.flatnonzero(valid < rules.chain_readings).tolist():
        reasons[vehicle].append(f"fewer than {rules.chain_readings} readings ({valid[vehicle]})")
    for vehicle in np.flatnonzero((valid >= rules.chain_readings) & (2 * on < valid)).tolist():
        reasons[vehicle].append(f"only {on[vehicle]} of {valid[vehicle]} readings on their chains")
    silent = set(reasons)
    wrong = _add_events(reasons, history, classes)
    _add_classes(reasons, history, classes)
    _add_stretches(reasons, history, rules)
    _add_copies(reasons, history, rules)
    verdict = [_verdict(vehicle, silent, wrong) for vehicle in range(count)]
    reason = [
        "; ".join(reasons[vehicle]) if vehicle in reasons else f"all {number} readings on one chain"
        for vehicle, number in enumerate(valid.tolist())
    ]
    current = np.full(count, -1, dtype=np.int64)
    for place in (_in_changed_unit(history, rules), np.flatnonzero(history.in_miles)):
        free = current[readings.vehicle[place]] < 0
        current[readings.vehicle[place[free]]] = place[free]
    return Verdicts(verdict, reason, current, np.bincount(readings.vehicle, minlength=count))


def _in_changed_unit(history: History, rules: Rules) -> Integers:
    """Return the converted readings that end a history which changed its unit for good."""
    place = np.flatnonzero(history.on_chain & (history.in_miles | (history.ratio != 1)))
    vehicle, converted = history.readings.vehicle[place], history.ratio[place] != 1
    number = rules.chain_readings
    run = np.cumsum(converted)
    last = np.flatnonzero(np.diff(vehicle, append=-1))
    first = np.flatnonzero(np.diff(vehicle, prepend=-1))
    early = last - number
    same = early >= first - 1
    before = np.where(early >= 0, run[np.maximum(early, 0)], 0)
    return place[last[same & (run[last] - before == number)]]


def _verdict(vehicle: int, silent: set[int], wrong: set[int]) -> str:
    if vehicle in silent:
        return rules.NO_JUDGEMENT
    return rules.ILLOGICAL if vehicle in wrong else rules.LOGICAL


def _add_events(reasons: dict[int, list[str]], history: History, classes: Classes) -> set[int]:
    """Add what happened to a vehicle's lines; return the vehicles that this makes illogical."""
    wrong: set[int] = set()
    for vehicle, kind, place in history.events:
        date = np.datetime64(int(history.readings.day[place]), "D")
        source = history.readings.sources[int(history.readings.source[place])]
        whose = f"{source}, " if kind == kinds.DISAGREEMENT else ""
        text = f"{kinds.WORDS[kind]} ({whose}from {date})"
        if kinds.WORDS[kind] not in " ".join(reasons[vehicle]):
            reasons[vehicle].append(text)
        if kind != kinds.ROLLED_OVER:
            wrong.add(vehicle)
    steps = (classes.code == CODE[rules.STEP]) & ~history.on_chain
    for vehicle, number in _tally(history.readings.vehicle[steps]):
        reasons[vehicle].append(_number(number, "reading stays off the line", "readings stay off"))
        wrong.add(vehicle)
    return wrong


def _add_classes(reasons: dict[int, list[str]], history: History, classes: Classes) -> None:
    for name, one, many in NAMED:
        for vehicle, number in _tally(history.readings.vehicle[classes.code == CODE[name]]):
            reasons[vehicle].append(_number(number, one, many))


def _add_stretches(reasons: dict[int, list[str]], history: History, rules: Rules) -> None:
    """Add dips within tolerance and stretches that are fast for their time."""
    readings = history.readings
    judged = history.on_chain & (history.before >= 0) & (history.original < 0)
    place = np.flatnonzero(judged)
    before = history.before[place]
    vehicle, miles = readings.vehicle[place], readings.miles[place] - readings.miles[before]
    days = np.maximum(readings.day[place] - readings.day[before], 1)
    seconds = readings.seconds[place] - readings.seconds[before]
    hours = (readings.day[place] - readings.day[before]) * 24 + seconds / 3600
    timed = (readings.seconds[place] >= 0) & (readings.seconds[before] >= 0)
    fast = timed & (miles > hours * rules.impossible_miles_per_hour + rules.tolerance_miles)
    about_a_year = np.abs(days - rules.long_gap_days) <= rules.long_gap_spread_days
    limits = (rules.tolerance_miles, rules.warning_miles_per_day, rules.impossible_miles_per_hour)
    for flags, one, many in (
        (miles < 0, f"decrease within {limits[0]} miles", f"decreases within {limits[0]} miles"),
        (
            miles > days * limits[1],
            f"stretch above {limits[1]} miles a day",
            f"stretches above {limits[1]} miles a day",
        ),
        (
            fast,
            f"stretch above {limits[2]} miles an hour",
            f"stretches above {limits[2]} miles an hour",
        ),
        (
            about_a_year & (miles >= rules.long_gap_miles),
            f"year of {rules.long_gap_miles} miles",
            f"years of {rules.long_gap_miles} miles",
        ),
    ):
        for number, times in _tally(vehicle[flags]):
            reasons[number].append(_number(times, one, many))


def _add_copies(reasons: dict[int, list[str]], history: History, rules: Rules) -> None:
    """Add the sources that repeat another one on another day."""
    readings = history.readings
    copy = np.flatnonzero(history.original >= 0)
    first = history.original[copy]
    shift = readings.day[copy] - readings.day[first]
    columns = (readings.vehicle[copy], readings.source[copy], readings.source[first], shift)
    unique, count = np.unique(np.array(columns)[:, shift != 0], axis=1, return_counts=True)
    for (vehicle, source, other, days), number in zip(
        unique.T.tolist(), count.tolist(), strict=True
    ):
        whole = _of_source(readings.vehicle, readings.source, vehicle, source)
        if number >= rules.chain_readings and 2 * number >= whole:
            when = f"{_number(abs(days), 'day', 'days')} {'early' if days < 0 else 'late'}"
            reasons[vehicle].append(
                f"{number} of {whole} rows of {readings.sources[source]} repeat "
                f"{readings.sources[other]} {when}"
            )


def _of_source(vehicles: Integers, sources: Integers, vehicle: int, source: int) -> int:
    first, end = np.searchsorted(vehicles, [vehicle, vehicle + 1])
    return int((sources[first:end] == source).sum())


def _tally(vehicles: Integers) -> list[tuple[int, int]]:
    unique, count = np.unique(vehicles, return_counts=True)
    return list(zip(unique.tolist(), count.tolist(), strict=True))


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

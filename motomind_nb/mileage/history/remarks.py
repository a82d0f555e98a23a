"""What there is to say of each vehicle: every event with its severity, whatever the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from motomind_nb.mileage import rules as names
from motomind_nb.mileage.history.classes import CODE, Classes
from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.readings import NO_MILES, Flags, Integers, date_text, kinds
from motomind_nb.mileage.rules import Rules

NOTE, WARN = "note", "warn"
FEW = "few readings"
NOT_RECONSTRUCTABLE = "not reconstructable"
DECREASE = "decrease"
RATE = "rate"
SHIFTED = "shifted copies"
OF_CLASSES = (
    (names.SPIKE, "entry error", "entry errors"),
    (names.DIGIT, "reading one slip of a digit away", "readings one slip of a digit away"),
    (names.DATE, "reading one slip of its date away", "readings one slip of their dates away"),
    (names.NO_READING, "entry that is no reading", "entries that are no reading"),
    (
        names.UNDECIDED,
        "reading that later ones must decide",
        "readings that later ones must decide",
    ),
    (names.FUTURE, "reading of the future", "readings of the future"),
    (names.UNIT, "reading in another unit", "readings in another unit"),
    (names.DUPLICATE, "likely duplicate", "likely duplicates"),
)


class Remark(NamedTuple):
    """The vehicle, the kind of event, its severity (note, warn), how many readings it has, the day
    of the first one (days since 1970-01-01), and the words.
    """

    vehicle: int
    kind: str
    status: str
    number: int
    day: int
    text: str


def remarks_on(history: History, classes: Classes, rules: Rules) -> list[Remark]:
    """Return all remarks, those of a vehicle in order of weight. Reads only."""
    found = [
        *_on_numbers(history, rules),
        *_on_lines(history),
        *_on_steps(history, classes),
        *_on_classes(history, classes),
        *_on_stretches(history, rules),
        *_on_copies(history, rules),
    ]
    return sorted(found, key=lambda remark: remark.vehicle)


def _on_numbers(history: History, rules: Rules) -> Iterator[Remark]:
    """Yield the vehicles with too few readings, or too few of them on their chains."""
    readings, count = history.readings, len(history.readings.vehicles)
    valid = np.bincount(readings.vehicle[readings.valid], minlength=count)
    on = np.bincount(readings.vehicle[history.on_chain], minlength=count)
    first = np.searchsorted(readings.vehicle, np.arange(count))
    # a vehicle of the other side only has no row here
    rows = np.bincount(readings.vehicle, minlength=count)
    days = np.where(rows > 0, np.append(readings.day, 0)[first], 0).tolist()
    for vehicle in np.flatnonzero(valid < rules.chain_readings).tolist():
        text = f"fewer than {rules.chain_readings} readings ({valid[vehicle]})"
        yield Remark(vehicle, FEW, NOTE, int(valid[vehicle]), days[vehicle], text)
    enough = valid >= rules.chain_readings
    for vehicle in np.flatnonzero(enough & (on < rules.judged_share * valid)).tolist():
        text = f"only {on[vehicle]} of {valid[vehicle]} readings on their chains"
        off = int(valid[vehicle] - on[vehicle])
        yield Remark(vehicle, NOT_RECONSTRUCTABLE, WARN, off, days[vehicle], text)


def _on_lines(history: History) -> Iterator[Remark]:
    """Yield what happened to a vehicle's lines, each kind once."""
    readings = history.readings
    told: set[tuple[int, str]] = set()
    for vehicle, kind, place in history.events:
        if (vehicle, kind) in told:
            continue
        told.add((vehicle, kind))
        source = readings.sources[int(readings.source[place])]
        whose = f"{source}, " if kind == kinds.DISAGREEMENT else ""
        day = int(readings.day[place])
        status = NOTE if kind == kinds.ROLLED_OVER else WARN
        number = sum(event[:2] == (vehicle, kind) for event in history.events_of(vehicle))
        text = f"{kinds.words_of(kind, number)} ({whose}from {date_text(day)})"
        yield Remark(vehicle, kind, status, number, day, text)


def _on_steps(history: History, classes: Classes) -> Iterator[Remark]:
    """Yield the readings that stay off the line."""
    steps = (classes.code == CODE[names.STEP]) & ~history.on_chain
    words = ("reading stays off the line", "readings stay off")
    yield from _counted(history, steps, Remark(0, names.STEP, WARN, 0, 0, ""), words)


def _on_classes(history: History, classes: Classes) -> Iterator[Remark]:
    """Yield what the classes of the readings say. An event without miles says nothing."""
    stated = history.readings.miles != NO_MILES
    for name, *words in OF_CLASSES:
        status = NOTE if name == names.DUPLICATE else WARN
        flags = stated & (classes.code == CODE[name])
        yield from _counted(history, flags, Remark(0, name, status, 0, 0, ""), words)


def _on_stretches(history: History, rules: Rules) -> Iterator[Remark]:
    """Yield dips within tolerance and stretches that are fast for their time."""
    readings = history.readings
    judged = history.on_chain & (history.before >= 0) & (history.original < 0)
    place = np.flatnonzero(judged)
    before = history.before[place]
    miles = readings.miles[place] - readings.miles[before]
    days = np.maximum(readings.day[place] - readings.day[before], 1)
    seconds = readings.seconds[place] - readings.seconds[before]
    hours = (readings.day[place] - readings.day[before]) * 24 + seconds / 3600
    timed = (readings.seconds[place] >= 0) & (readings.seconds[before] >= 0)
    fast = timed & (miles > hours * rules.impossible_miles_per_hour + rules.tolerance_miles)
    year = np.abs(days - rules.long_gap_days) <= rules.long_gap_spread_days
    unit = rules.unit_name
    for kind, status, flags, one, many in (
        (DECREASE, NOTE, miles < 0, "decrease", f"within {rules.tolerance_miles} {unit}"),
        (
            RATE,
            WARN,
            miles > days * rules.warning_miles_per_day,
            "stretch",
            f"above {rules.warning_miles_per_day} {unit} a day",
        ),
        (RATE, WARN, fast, "stretch", f"above {rules.impossible_miles_per_hour} {unit} an hour"),
        (
            RATE,
            NOTE,
            year & (miles >= rules.long_gap_miles),
            "year",
            f"of {rules.long_gap_miles} {unit}",
        ),
    ):
        chosen = np.zeros(len(readings), dtype=np.bool_)
        chosen[place[flags]] = True
        plural = f"{one}es" if one.endswith("ch") else f"{one}s"
        words = (f"{one} {many}", f"{plural} {many}")
        yield from _counted(history, chosen, Remark(0, kind, status, 0, 0, ""), words)


def _on_copies(history: History, rules: Rules) -> Iterator[Remark]:
    """Yield the sources that repeat another one on another day."""
    readings = history.readings
    copy = np.flatnonzero(history.original >= 0)
    first = history.original[copy]
    shift = readings.day[copy] - readings.day[first]
    copy, first, shift = copy[shift != 0], first[shift != 0], shift[shift != 0]
    columns = (readings.vehicle[copy], readings.source[copy], readings.source[first], shift)
    unique, at, count = np.unique(np.array(columns), axis=1, return_index=True, return_counts=True)
    for (vehicle, source, other, days), place, number in zip(
        unique.T.tolist(), copy[at].tolist(), count.tolist(), strict=True
    ):
        whole = _of_source(readings.vehicle, readings.source, vehicle, source)
        if number >= rules.chain_readings and number >= rules.copied_share * whole:
            when = f"{_number(abs(days), 'day', 'days')} {'early' if days < 0 else 'late'}"
            text = (
                f"{number} of {whole} rows of {readings.sources[source]} repeat"
                f" {readings.sources[other]} {when}"
            )
            yield Remark(vehicle, SHIFTED, WARN, number, int(readings.day[place]), text)


def _counted(
    history: History, flags: Flags, remark: Remark, words: Sequence[str]
) -> Iterator[Remark]:
    """Yield the remark of every vehicle with such readings; the words are for one and for many."""
    place = np.flatnonzero(flags)
    vehicles, first, count = np.unique(
        history.readings.vehicle[place], return_index=True, return_counts=True
    )
    days = history.readings.day[place[first]]
    for vehicle, day, number in zip(vehicles.tolist(), days.tolist(), count.tolist(), strict=True):
        text = _number(number, *words)
        yield remark._replace(vehicle=vehicle, number=number, day=day, text=text)


def _of_source(vehicles: Integers, sources: Integers, vehicle: int, source: int) -> int:
    first, end = np.searchsorted(vehicles, [vehicle, vehicle + 1])
    return int((sources[first:end] == source).sum())


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

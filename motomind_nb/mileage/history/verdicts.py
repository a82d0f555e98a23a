"""The verdict of every vehicle, the sentence that says why, and its current mileage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage import rules as names
from motomind_nb.mileage.history.classes import Classes
from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.history.remarks import FEW, NOT_RECONSTRUCTABLE, Remark, remarks_on
from motomind_nb.mileage.readings import Integers, kinds
from motomind_nb.mileage.rules import Rules

SILENT = {FEW, NOT_RECONSTRUCTABLE, kinds.WHOLE_UNIT}
WRONG = {*kinds.WORDS, names.STEP} - {kinds.ROLLED_OVER, kinds.WHOLE_UNIT}


@dataclass(frozen=True)
class Verdicts:
    """One element per vehicle, in the order of the readings' vehicles.

    Columns:
        verdict, reason: text.
        current_miles: int64, miles of the last reading on a chain in the declared unit, or -1.
        readings: int64, number of rows.

    `remarks` are in order of vehicle.
    """

    verdict: list[str]
    reason: list[str]
    current_miles: Integers
    readings: Integers
    remarks: list[Remark]


def judge_vehicles(history: History, classes: Classes, rules: Rules) -> Verdicts:
    """Return verdict, reason and current reading of every vehicle. Reads only."""
    readings, count = history.readings, len(history.readings.vehicles)
    valid = np.bincount(readings.vehicle[readings.valid], minlength=count)
    verdict = [names.LOGICAL] * count
    reason = [f"all {number} readings on one chain" for number in valid.tolist()]
    remarks = remarks_on(history, classes, rules)
    by_vehicle: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.kind != names.DUPLICATE:
            by_vehicle[remark.vehicle].append(remark)
    for vehicle, mine in by_vehicle.items():
        found = {remark.kind for remark in mine}
        verdict[vehicle] = _verdict(found)
        reason[vehicle] = "; ".join(remark.text for remark in mine)
    current = _current(history, rules)
    miles = np.where(current < 0, -1, readings.miles[current] if len(readings) else -1)
    number = np.bincount(readings.vehicle, minlength=count)
    return Verdicts(verdict, reason, miles, number, remarks)


def _verdict(found: set[str]) -> str:
    if found & SILENT:
        return names.NO_JUDGEMENT
    return names.ILLOGICAL if found & WRONG else names.LOGICAL


def _current(history: History, rules: Rules) -> Integers:
    """Return the place of every vehicle's last good reading in the declared unit, or -1.

    A converted one counts where the vehicle changed its unit for good.
    """
    vehicle = history.readings.vehicle
    current = np.full(len(history.readings.vehicles), -1, dtype=np.int64)
    place = np.flatnonzero(history.in_miles)
    current[vehicle[place]] = place
    changed = _in_changed_unit(history, rules)
    current[vehicle[changed]] = changed
    return current


def _in_changed_unit(history: History, rules: Rules) -> Integers:
    """Return the last readings of the histories that changed their unit for good."""
    place = np.flatnonzero(history.on_chain & (history.in_miles | (history.ratio != 1)))
    place = place[~np.isin(history.readings.vehicle[place], history.never_in_miles)]
    vehicle, converted = history.readings.vehicle[place], history.ratio[place] != 1
    last = np.flatnonzero(np.diff(vehicle, append=-1))
    first = np.flatnonzero(np.diff(vehicle, prepend=-1))
    run = np.append(0, np.cumsum(converted))
    start = last + 1 - rules.chain_readings
    changed = (start >= first) & (run[last + 1] - run[start] == rules.chain_readings)
    return np.asarray(place[last[changed]])

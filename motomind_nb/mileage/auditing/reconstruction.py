"""One side's readings reconstructed: what is told of every reading and of every vehicle.

Most vehicles hold the same readings on both sides, and what they tell is reconstructed once. This
is shared within the audit only: what the load judged is never asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from motomind_nb.mileage.history import (
    Verdicts,
    classify_readings,
    find_vehicle_lines,
    judge_vehicles,
)
from motomind_nb.mileage.readings import Flags, Integers, Readings
from motomind_nb.mileage.rules import Rules

# the columns of readings that a reconstruction depends on; the day is a part of the moment
TELLING = ("moment", "seconds", "miles", "source")
OF_READINGS = ("line", "on_chain", "code", "suggestion")


@dataclass(frozen=True)
class Reconstruction:
    """Readings of one side and what they tell.

    Columns, one element per reading, in the readings' order:
        line: int64, number of the chain in its vehicle, 0 for none.
        on_chain: bool.
        code: int64, index into rules.CLASSES.
        suggestion: int64, -1 for none.

    verdicts: one element per vehicle, in the order of the readings' vehicles.
    """

    readings: Readings
    line: Integers
    on_chain: Flags
    code: Integers
    suggestion: Integers
    verdicts: Verdicts

    def of_other_side(self, readings: Readings, rules: Rules) -> Reconstruction:
        """Return the reconstruction of the other side's readings of the same vehicles.

        Only vehicles whose readings differ are reconstructed again. Reads only.
        """
        differs = differing_vehicles(self.readings, readings)
        if not differs.any():
            return replace(self, readings=readings)
        again = reconstruction(_of_vehicles(readings, differs), rules)
        anew, same = differs[readings.vehicle], ~differs[self.readings.vehicle]
        columns = {}
        for name in OF_READINGS:
            found = np.empty(len(readings), dtype=getattr(self, name).dtype)
            found[anew], found[~anew] = getattr(again, name), getattr(self, name)[same]
            columns[name] = found
        return Reconstruction(
            readings, **columns, verdicts=_merged(differs, again.verdicts, self.verdicts)
        )


def reconstruction(readings: Readings, rules: Rules) -> Reconstruction:
    """Return what some readings tell. Reads only."""
    history = find_vehicle_lines(readings, rules)
    classes = classify_readings(history, rules)
    verdicts = judge_vehicles(history, classes, rules)
    return Reconstruction(
        readings, history.line, history.on_chain, classes.code, classes.suggestion, verdicts
    )


def differing_vehicles(before: Readings, after: Readings) -> Flags:
    """Return for each vehicle whether its two sides hold other readings. Reads only."""
    count = len(before.vehicles)
    sizes = [np.bincount(side.vehicle, minlength=count) for side in (before, after)]
    differs = np.asarray(sizes[0] != sizes[1])
    old, new = (np.flatnonzero(~differs[side.vehicle]) for side in (before, after))
    for name in TELLING:
        wrong = getattr(before, name)[old] != getattr(after, name)[new]
        differs[before.vehicle[old[wrong]]] = True
    return differs


def _of_vehicles(readings: Readings, chosen: Flags) -> Readings:
    """Return the readings of some vehicles, which keep their numbers."""
    index = np.flatnonzero(chosen[readings.vehicle])
    columns: dict[str, Any] = {
        name: getattr(readings, name)[index] for name in ("vehicle", "day", "row", *TELLING)
    }
    return replace(readings, **columns)


def _merged(differs: Flags, again: Verdicts, known: Verdicts) -> Verdicts:
    """Return the verdicts of those vehicles that differ, and of all others those already known."""
    chosen = [again if other else known for other in differs.tolist()]
    remarks = [remark for remark in known.remarks if not differs[remark.vehicle]]
    remarks += [remark for remark in again.remarks if differs[remark.vehicle]]
    return Verdicts(
        [verdicts.verdict[number] for number, verdicts in enumerate(chosen)],
        [verdicts.reason[number] for number, verdicts in enumerate(chosen)],
        np.where(differs, again.current_miles, known.current_miles),
        np.where(differs, again.readings, known.readings),
        sorted(remarks, key=lambda remark: remark.vehicle),
    )

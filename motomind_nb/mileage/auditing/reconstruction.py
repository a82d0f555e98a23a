"""One side's readings reconstructed: what is told of every reading and of every vehicle."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from motomind_nb.mileage.history import (
    Classes,
    History,
    Verdicts,
    classify_readings,
    find_vehicle_lines,
    judge_vehicles,
)
from motomind_nb.mileage.readings import Readings
from motomind_nb.mileage.rules import Rules


@dataclass(frozen=True)
class Reconstruction:
    """Readings of one side and what they tell.

    readings: as read, in order. history, classes: one element per reading, in the readings' order.
    verdicts: one element per vehicle, in the order of the readings' vehicles.
    """

    readings: Readings
    history: History
    classes: Classes
    verdicts: Verdicts

    def shared_with(self, readings: Readings) -> Reconstruction | None:
        """Return the reconstruction of another side that holds the same readings, else None."""
        names = ("vehicle", "moment", "seconds", "miles", "source")
        mine = self.readings
        same = all(np.array_equal(getattr(mine, name), getattr(readings, name)) for name in names)
        return replace(self, readings=readings) if same else None


def history_classes_and_verdicts(readings: Readings, rules: Rules) -> Reconstruction:
    """Return history, classes and verdicts of some readings. Reads only."""
    history = find_vehicle_lines(readings, rules)
    classes = classify_readings(history, rules)
    return Reconstruction(readings, history, classes, judge_vehicles(history, classes, rules))

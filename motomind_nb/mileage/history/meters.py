"""Meters: which chains of a vehicle follow one another, numbered by date.

The lines of a history may run side by side (two cars under one id, two units); meters never do.
Every reading of a meter is dated on or before the first day of the next one.
"""

from __future__ import annotations

import numpy as np

from motomind_nb.mileage.history.history import History
from motomind_nb.mileage.readings import Integers, kinds

NEXT_METER = (kinds.REPLACED, kinds.STEPPED, kinds.ROLLED_OVER)


def meters_of(history: History) -> Integers:
    """Return the number of each reading's meter from 1, in the readings' order. Reads only.

    A reading stays with its line as far as its date allows.
    """
    readings = history.readings
    meter = np.ones(len(readings), dtype=np.int64)
    starts = np.array(
        sorted(
            (event.vehicle, event.place)
            for event in history.events
            if event.kind in NEXT_METER and not history.other_unit[event.place]
        ),
        dtype=np.int64,
    ).reshape(-1, 2)
    for vehicle in np.unique(starts[:, 0]).tolist():
        first, end = np.searchsorted(readings.vehicle, [vehicle, vehicle + 1]).tolist()
        place = starts[starts[:, 0] == vehicle, 1]
        day, own_day = readings.day[place], readings.day[first:end]
        by_line = np.searchsorted(np.sort(history.line[place]), history.line[first:end], "right")
        earliest = np.searchsorted(day, own_day, "left")
        latest = np.searchsorted(day, own_day, "right")
        meter[first:end] += np.clip(by_line, earliest, latest)
    return meter

"""What the rebuilt schema is told of each reading: its chain, and whether it is disputed and why.

Disputed is what the reconstruction sets aside, with its class as the reason, and after that the
fewest readings whose removal leaves each chain in the order of the schema's own rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.mileage.history.classes import classify_readings
from motomind_nb.mileage.history.history import find_vehicle_lines
from motomind_nb.mileage.history.meters import meters_of
from motomind_nb.mileage.lines import fewest_disputed
from motomind_nb.mileage.readings import Integers, Unordered, sort_readings
from motomind_nb.mileage.rules import CLASSES, Rules

DECREASE = "decrease"
REASONS = (*CLASSES, DECREASE)
NOT_DISPUTED = -1
LONGER_THAN_A_DAY = 2**37  # microseconds; a day has 86,400,000,000


@dataclass(frozen=True)
class Judged:
    """One element per reading, in the order of the input.

    Columns:
        chain: int64, number of the vehicle's meter, from 1 and by date.
        reason: int64, why it is disputed (index into REASONS); -1 where it is not.
    """

    chain: Integers
    reason: Integers


def judged(found: Unordered, times: Integers, rules: Rules) -> Judged:
    """Return chain and reason of every reading. Reads only.

    Columns:
        times: int64, microseconds since local midnight as written, in the order of `found`; -1
            where there are none. Of two readings of a day only times decide which was first.
    """
    readings = sort_readings(found, rules)
    history = find_vehicle_lines(readings, rules)
    aside = ~history.in_miles
    chain = np.empty(len(readings), dtype=np.int64)
    reason = np.empty(len(readings), dtype=np.int64)
    chain[readings.row] = meters_of(history)
    reason[readings.row] = np.where(aside, classify_readings(history, rules).code, NOT_DISPUTED)
    rest = np.flatnonzero(reason == NOT_DISPUTED)
    group = found.vehicle * (int(chain.max(initial=1)) + 1) + chain
    order = rest[_in_order(group[rest], found.day[rest], times[rest], found.miles[rest])]
    marks = fewest_disputed(group[order], found.miles[order], found.source[order])
    reason[order[marks]] = REASONS.index(DECREASE)
    return Judged(chain, reason)


def _in_order(group: Integers, day: Integers, times: Integers, miles: Integers) -> Integers:
    """Return the order by group, day and time; ties by miles, then as in the input.

    A reading without a time stands behind the last reading of its day that does not exceed it.
    """
    untimed = times < 0
    order = np.lexsort((np.where(untimed, LONGER_THAN_A_DAY, times), miles, day, group))
    change = (np.diff(group[order], prepend=-1) != 0) | (np.diff(day[order], prepend=0) != 0)
    shift = np.cumsum(change) * LONGER_THAN_A_DAY
    latest = np.maximum.accumulate(shift + times[order]) - shift
    place = times.copy()
    place[order] = np.where(untimed[order], latest, times[order])
    return np.lexsort((miles, place, day, group))

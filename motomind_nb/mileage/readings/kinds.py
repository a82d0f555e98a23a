"""What several lines in one history mean: a replaced meter, a roll over, two cars, another unit.

Only vehicles with more than one line come here, a few in a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.mileage.readings.readings import DAY, Flags, Integers
from motomind_nb.mileage.rules import Rules

Floats = npt.NDArray[np.float64]

HOURS_A_DAY = 24
TINY = 1e-9  # instead of a division by zero

REPLACED = "replaced"
STEPPED = "step"
ROLLED_OVER = "rollover"
MERGED = "merged"
OTHER_UNIT = "unit"
WHOLE_UNIT = "whole unit"
ENGINE_HOURS = "engine hours"
DISAGREEMENT = "sources disagree"
WORDS = {
    REPLACED: "replaced: the meter or vehicle starts again near 0 and runs on",
    STEPPED: "step: the readings go on from another level (meter or vehicle replaced, or set back)",
    ROLLED_OVER: "rollover: the meter passed its highest number and the rate goes on",
    MERGED: "merged: two interleaved histories in one id",
    OTHER_UNIT: "unit: a part of the readings is in another unit",
    WHOLE_UNIT: "unit: all readings are in metres, thousandths, thousands or engine hours",
    ENGINE_HOURS: "unit: engine hours keyed in turn with miles",
    DISAGREEMENT: "sources disagree: the readings of one source follow a line of their own",
}


@dataclass(frozen=True)
class Line:
    """One line of one vehicle, in order of time. Columns: moment (seconds), miles, source."""

    moment: Integers
    miles: Integers
    source: Integers


def words_of(kind: str, number: int) -> str:
    """Return what is said of so many events of a kind; n lines beside the main one are n + 1."""
    if kind == MERGED and number > 1:
        return WORDS[kind].replace("two", str(number + 1))
    return WORDS[kind]


def kind_of_next_line(first: Line, second: Line, rules: Rules) -> str:
    """Return what the second of two lines that follow one another is to the first."""
    days = max((second.moment[0] - first.moment[-1]) / DAY, 1)
    for modulus in rules.rollover_miles:
        gone = second.miles[0] + modulus - first.miles[-1]
        usual = rules.rollover_factor * days * max(_growth(first), 1) + rules.tolerance_miles
        if 0 <= gone <= usual and first.miles[-1] < modulus:
            return ROLLED_OVER
    if second.miles[0] <= rules.near_zero_miles and second.miles[0] < first.miles[-1]:
        return REPLACED
    return STEPPED


def interleaved(first: Line, second: Line, rules: Rules) -> bool:
    """Return whether the lines share more of their time than one reading of either."""
    start = max(first.moment[0], second.moment[0])
    end = min(first.moment[-1], second.moment[-1])
    inside = [
        int(((line.moment >= start) & (line.moment <= end)).sum()) for line in (first, second)
    ]
    return min(inside) >= 1 and sum(inside) >= rules.interleaved_readings


def kind_of_parallel_line(main: Line, other: Line, rules: Rules) -> str:
    """Return what a line is that runs beside a longer one."""
    level = other.miles / np.maximum(np.interp(other.moment, main.moment, main.miles), 1)
    ratio = float(np.median(level))
    steady = _steady(level, ratio, rules)
    units = [*rules.unit_ratios, *(1 / unit for unit in rules.unit_ratios)]
    if steady and any(abs(ratio / unit - 1) <= rules.unit_spread for unit in units):
        return OTHER_UNIT
    if _are_hours(main, other, ratio, rules):
        return ENGINE_HOURS
    return MERGED


def _steady(level: Floats, ratio: float, rules: Rules) -> bool:
    """Return whether most of the readings keep the same ratio."""
    return bool(np.quantile(np.abs(level - ratio), rules.steady_share) <= rules.unit_spread * ratio)


def _are_hours(main: Line, other: Line, ratio: float, rules: Rules) -> bool:
    """Return whether level and growth are both those of engine hours beside miles (or turned)."""
    miles, hours = (_growth(line) for line in ((main, other) if ratio < 1 else (other, main)))
    return grow_as_hours_and_miles(hours, miles, max(ratio, 1 / max(ratio, TINY)), rules)


def grow_as_hours_and_miles(hours: float, miles: float, level: float, rules: Rules) -> bool:
    """Return whether two lines grow (a day) as engine hours and miles do, of which one stands at
    so many times (level) the other: both meters began at 0, so that level and growth are alike.
    """
    lowest, highest = rules.engine_hours_ratio
    growth, wide = miles / max(hours, TINY), rules.hours_growth_factor
    alike = level / wide <= growth <= level * wide
    return lowest <= level <= highest and alike and hours <= rules.engine_hours_a_day


def _growth(line: Line) -> float:
    """Return the usual miles per day: the middle one over half of the line's length."""
    half = (len(line.moment) + 1) // 2
    days = (line.moment[half:] - line.moment[:-half]) / DAY
    return float(np.median((line.miles[half:] - line.miles[:-half]) / np.maximum(days, 1)))


def hours_line(main: Line, other: Line) -> Line:
    """Return the lower of the two lines: hours grow slower than miles."""
    return other if other.miles.mean() < main.miles.mean() else main


def line_from_flags(line: Flags, moment: Integers, miles: Integers, source: Integers) -> Line:
    """Return the line of those of a vehicle's readings that the flags choose."""
    return Line(moment[line], miles[line], source[line])

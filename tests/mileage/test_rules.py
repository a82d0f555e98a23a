"""Every number that decides stands in Rules, and every entry of Rules decides something."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rule_inputs import fleet, history, joined

from motomind_nb import mileage

FOLDER = Path(mileage.__file__).parent
MODULES = sorted(
    path for path in FOLDER.rglob("*.py") if path.name not in ("rules.py", "line_rules.py")
)
PLAIN = {0, 1, 2}
DIGITS = {10}
CALENDAR = {12, 13, 100, 1_000, 1_970, 2_000, 10_000}
CLOCK = {24, 60, 3_600, 86_400}
# numbers that judge nothing: what they are instead
FORMATS: dict[str, set[float]] = {
    "auditing/keeping.py": CLOCK | {10_000},  # lines at a time
    "auditing/packed.py": {
        20_000,
        100,
        32,
        64,
    },  # readings and vehicles at a time; digits of an id; bits
    "history/classes.py": CALENDAR,
    "history/remarks.py": CLOCK,
    "history/slips.py": CALENDAR | DIGITS | {1_885, 2_100},  # the dates that the library takes
    "lines/digits.py": DIGITS,
    # two readings on either side, four lines through them: how a tie is broken
    "lines/smoothness.py": {3, 5, 50, 0.5},
    "lines/units.py": {0.1},  # tells the ratio 0.001 from the others
    "readings/frames.py": CLOCK,
    "readings/kinds.py": {24, 1e-9},  # hours of a day; instead of zero
    "readings/readings.py": {86_400},
}


def numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the numbers below a node, but for places in a sequence, shapes and powers of two."""
    for child in ast.iter_child_nodes(node):
        power = isinstance(child, ast.BinOp) and isinstance(child.op, ast.Pow)
        shape = isinstance(child, ast.Call) and ast.unparse(child.func) == "np.zeros"
        if power or shape:
            continue
        if isinstance(child, ast.Subscript):
            yield from numbers(child.value)
        elif isinstance(child, ast.Constant) and type(child.value) in (int, float):
            yield child
        else:
            yield from numbers(child)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_numbers_that_decide_stand_in_rules(path: Path) -> None:
    known = PLAIN | FORMATS.get(path.relative_to(FOLDER).as_posix(), set())
    found = [
        f"line {number.lineno}: {number.value}"
        for number in numbers(ast.parse(path.read_text(encoding="utf-8")))
        if number.value not in known
    ]
    assert not found, "move it into Rules, with its unit and its source"


def test_a_number_that_decides_is_seen() -> None:
    module = ast.parse("def f(x):\n    return x[3] > 0.3 * 2**7 and x.size >= 7")
    assert [number.value for number in numbers(module)] == [0.3, 7]


WEEKS = 7 * np.arange(12)
LINE = 50_000 + 300 * np.arange(12)
DRIVEN = np.arange(40)

INPUTS: dict[str, Callable[[], pd.DataFrame]] = {
    **{
        kind: partial(fleet, kind, range(10))
        for kind in ("plain", "replaced", "shared", "three", "hours", "units")
    },
    "burst": partial(fleet, "burst", range(10), 0.02),
    "engines": partial(fleet, "engines", range(10), 0.18),
    "fast hour": lambda: history(
        [*LINE, 53_600, 54_000], [*WEEKS, 84, 84], time=[*12 * ["07:45"], "09:00", "10:00"]
    ),
    "another year": lambda: history(
        [51_500, *np.delete(LINE, 5)], [35 - 365, *np.delete(WEEKS, 5)]
    ),
    "dip": lambda: history([*LINE, 53_250, 53_600], [*WEEKS, 84, 91]),
    "end": lambda: history([*LINE, 55_500], [*WEEKS, 84]),
    "late end": lambda: history([*LINE, 60_000], [*WEEKS, 2_000]),
    "year": lambda: history([100, 26_000, 26_100], [0, 369, 396]),
    "placeholder": lambda: history([*LINE[:6], 1_234, *LINE[6:]], np.arange(13) * 7),
    "rolled over": lambda: history(
        np.where(DRIVEN < 20, 94_000 + 300 * DRIVEN, 300 * (DRIVEN - 20)), 7 * DRIVEN
    ),
    "new meter": lambda: history(
        np.where(DRIVEN < 20, 94_000 + 300 * DRIVEN, 700 + 300 * (DRIVEN - 20)), 7 * DRIVEN
    ),
    "kilometres later": lambda: history(
        np.where(DRIVEN < 20, 1, 1.609344) * (30_000 + 300 * DRIVEN), 40 * DRIVEN
    ),
    "metres": lambda: history(1_609.344 * (20_000 + 300 * DRIVEN), 7 * DRIVEN),
    "standing": lambda: history(20 + DRIVEN // 3, 10 * DRIVEN),
    "long burst": lambda: history(
        50_000 + 300 * DRIVEN[:22] + 90_000 * ((DRIVEN[:22] >= 12) & (DRIVEN[:22] < 19)),
        7 * DRIVEN[:22],
    ),
    "cars at 1.6": lambda: joined(
        history(30_000 + 300 * DRIVEN, 7 * DRIVEN), history(54_000 + 200 * DRIVEN, 7 * DRIVEN + 3)
    ),
    "cars at 6": lambda: joined(
        history(30_000 + 100 * DRIVEN, 7 * DRIVEN), history(180_000 + 600 * DRIVEN, 7 * DRIVEN + 3)
    ),
    "late copies": lambda: joined(
        history(LINE, WEEKS), history(LINE[:7], WEEKS[:7] + 1, "odometer_readings")
    ),
    "late copies of half": lambda: joined(
        history(LINE, WEEKS),
        history([*LINE[:7], *(LINE[7:] + 100)], WEEKS + 1, "odometer_readings"),
    ),
    "guessed": lambda: joined(
        history(50_000 + 300 * DRIVEN, 7 * DRIVEN),
        history(0.8 * (50_000 + 600 * DRIVEN[:20]), 14 * DRIVEN[:20] + 3, "service_records"),
    ),
    "noted at one time": lambda: history(
        [50_000, 50_300, 50_200, 50_900, 51_200, 51_500, 51_900],
        [0, 7, 7, 14, 21, 28, 35],
        time=["09:15", "09:15", "09:15", "09:15", "09:15", "09:15", "17:40"],
    ),
    "summer and winter": lambda: history(
        [50_000, 50_600, 50_300, 50_900, 51_200, 51_500],
        [0, 7, 7, 14, 21, 28],
        time=["09:15", "09:15", "10:15", "10:15", "09:15", "10:15"],
    ),
    "noon": lambda: history(
        [50_000, 50_600, 50_500, 50_900], [0, 7, 7, 14], time=["08:00", "12:00", "13:30", "09:00"]
    ),
}


def fleets_compared(moved: int, taken: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two cars before, and after some readings of the first went to the second, or to a new one."""
    first = history(LINE, WEEKS).assign(vehicle_id="first")
    second = history(LINE + 9_000, WEEKS + 1).assign(vehicle_id="second")
    before = joined(first, second)
    owner = before["vehicle_id"].mask(before.index < moved, "second" if not taken else "new")
    owner = owner.mask((before.index >= 12) & (before.index < 12 + taken), "new")
    return before, before.assign(vehicle_id=owner)


COMPARED = {
    "moved to another": fleets_compared(5, 0),
    "moved nearly all": fleets_compared(11, 0),
    "moved to a new one": fleets_compared(2, 1),
}

CASES: dict[str, tuple[str, object]] = {
    "tolerance_miles": ("dip", 0),
    "warning_miles_per_day": ("shared", 0),
    "own_rate_factor": ("end", 20.0),
    "busy_share": ("three", 0.01),
    "own_rate_stretches": ("end", 50),
    "journey_miles": ("end", 12_000),
    "impossible_miles_per_hour": ("fast hour", 10_000),
    "longest_gap_days": ("late end", 100),
    "empty_gap_factor": ("another year", 10.0),
    "long_gap_miles": ("year", 30_000),
    "long_gap_days": ("year", 700),
    "long_gap_spread_days": ("year", 1),
    "placeholders": ("placeholder", ()),
    "rollover_miles": ("rolled over", ()),
    "near_zero_miles": ("new meter", 10),
    "unit_ratios": ("units", ()),
    "unit_jump": ("kilometres later", 100.0),
    "suspect_share": ("units", 2.5),
    "unit_pace_factor": ("units", 0.0),
    "unit_share": ("units", 7.5),
    "explained_share": ("units", 6.6),
    "whole_off_share": ("metres", 2.0),
    "whole_span": ("metres", 0.0),
    "standing_miles_per_day": ("standing", 0.0),
    "standing_days": ("standing", 10_000),
    "highest_miles": ("metres", 10**9),
    "engine_hours_ratio": ("hours", (1.0, 1.1)),
    "engine_hours_a_day": ("cars at 6", 24.0),
    "hours_growth_factor": ("hours", 0.6),
    "hours_rounds": ("engines", 0),
    "hours_spread": ("engines", 1.001),
    "hours_of_off": ("engines", 2.0),
    "unit_spread": ("shared", 1.0),
    "judged_share": ("shared", 5.0),
    "copied_share": ("late copies of half", 0.9),
    "latest_day": ("plain", 0),
    "unit": ("dip", "km"),
    "chain_readings": ("shared", 5),
    "spike_readings": ("replaced", 0),
    "rollover_factor": ("rolled over", 0.0),
    "interleaved_readings": ("shared", 1_000),
    "steady_share": ("cars at 1.6", 0.0),
    "second_line_share": ("shared", 0.9),
    "second_line_of_off": ("shared", 3.0),
    "agreement_share": ("guessed", 1.1),
    "disagreement_share": ("guessed", 0.0),
    "duplicate_days": ("late copies", 0),
    "constant_time_readings": ("noted at one time", 100),
    "constant_time_share": ("noted at one time", 5.0),
    "clock_change_seconds": ("summer and winter", 1),
    "default_times": ("noon", ()),
    "flow_share": ("moved to another", 0.9),
    "stayed_share": ("moved nearly all", 0.0),
    "fresh_share": ("moved to a new one", 0.9),
    "source_order": ("late copies", ("odometer_readings", "fuel_logs")),
    "cuts.most_rounds": ("replaced", 0),
    "cuts.longest_burst": ("long burst", 0),
    "cuts.gained_share": ("replaced", 4.0),
    "cuts.hopeless_share": ("replaced", 0.0),
    "beside.rate_factor": ("three", 150.0),
    "beside.slowest_miles_per_day": ("three", 20.0),
    "beside.trip_miles": ("three", 3_000.0),
    "beside.slips": ("shared", 20),
    "beside.young_share": ("shared", 5.0),
    "beside.gained_share": ("shared", 6.6),
    "beside.gained_share_of_many": ("shared", 4.5),
    "beside.many_off_share": ("engines", 0.0),
    "beside.beside_factor": ("shared", 0.0),
    "beside.most_lines": ("shared", 1),
    "beside.farthest_level": ("shared", 7.0),
    "beside.kept_share": ("shared", 8.5),
    "beside.nearly_all_share": ("burst", 7.0),
    "beside.guest_share": ("guessed", 0.1),
}


def entries() -> Iterator[tuple[str, Any]]:
    """Yield the entries of Rules and of its parts, with their defaults."""
    for field in fields(mileage.Rules):
        value = getattr(mileage.Rules(), field.name)
        if is_dataclass(value):
            yield from ((f"{field.name}.{part.name}", 0) for part in fields(value))
        else:
            yield field.name, value


def altered(name: str, value: object) -> mileage.Rules:
    """The rules with one entry altered."""
    rules = mileage.Rules()
    first, _, rest = name.partition(".")
    part = replace(getattr(rules, first), **{rest: value}) if rest else value
    return replace(rules, **{first: part})


@cache
def told_by_default(name: str) -> str:
    """What is said of an input under the defaults."""
    return told(name, mileage.Rules())


def told(name: str, rules: mileage.Rules) -> str:
    """All that is said of an input: by reading, by vehicle, by event, or by comparison."""
    if name in COMPARED:
        return str(mileage.compare(*COMPARED[name], rules).to_csv())
    readings = INPUTS[name]()
    found = (mileage.reconstruct, mileage.vehicles, mileage.events)
    return "".join(function(readings, rules).to_csv() for function in found)


@pytest.mark.parametrize("name", [name for name, _ in entries()])
def test_each_entry_of_rules_decides(name: str) -> None:
    assert name in CASES, "add an input whose outcome this entry changes"
    case, value = CASES[name]
    assert told(case, altered(name, value)) != told_by_default(case)


def test_every_rule_says_what_it_decides() -> None:
    told = str(mileage.Rules.__doc__)
    missing = [one.name for one in fields(mileage.Rules) if not re.search(rf"\b{one.name}\b", told)]
    assert missing == []

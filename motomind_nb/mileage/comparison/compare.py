"""Comparing two sides: per vehicle whether its readings are the same, what differs, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from motomind_nb.core import MotomindError
from motomind_nb.mileage.comparison.causes import CAUSES, MERGED, SPLIT
from motomind_nb.mileage.comparison.gathering import Gathering, Listed, Outcome
from motomind_nb.mileage.readings import Readings, date_text, from_frame
from motomind_nb.mileage.rules import Rules

DEFAULT = Rules()
NO_DAY = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Given:
    """One side of the comparison as it was given.

    readings: in order. labels: the vehicles that the readings' numbers stand for, of the same kind
    on both sides. ids: the readings' ids in the order of the input (any kind), or None without.
    """

    readings: Readings
    labels: pd.Index
    ids: pd.Series | None


def compare(
    before: pd.DataFrame, after: pd.DataFrame, rules: Rules = DEFAULT, unit: str = "mi"
) -> pd.DataFrame:
    """Return one row per vehicle of either side, ordered by vehicle_id. Reads only.

    Readings are matched one to one: those that are the same (vehicle, date, miles; where several
    are, by id), then by id, then by vehicle and miles within a day, then by date and miles under
    another vehicle, then by vehicle and miles on any day where only one can be meant, then by
    vehicle and date. Ids and vehicles may be numbers on one side and text on the other. `unit` is
    that of both sides, "mi" or "km".

    Columns:
        vehicle_id: as in the input.
        equal: bool, the same readings on the same dates in the same order.
        first_date: datetime64[s], local date of the first diverging reading; NaT where equal.
        source_id: the id of that reading (before, else after); None where equal or unknown.
        cause: category, the main one: lost, added, re-dated, altered, moved (another vehicle has
            it now), merged, split, order; empty where equal.
        causes: text, every cause with the number of its readings and the date of its first, in
            order of that date; empty where equal.

    Raises: MotomindError when one side can't be read.
    """
    limits = rules.in_unit(unit)
    old, new = _given(before, limits, "before"), _given(after, limits, "after")
    old, new = _alike(old, new)
    labels = old.labels.union(new.labels)
    gathering = Gathering()
    gathering.add(*_listed(old, new, labels), 0, len(labels))
    return _frame(labels, gathering.conclude(limits), [old.ids, new.ids])


def main_cause(outcome: Outcome, vehicle: int, cause: int) -> str:
    """Return the main cause of a vehicle whose first difference has a cause."""
    code = MERGED if outcome.merged[vehicle] else SPLIT if outcome.split[vehicle] else cause
    return CAUSES[code]


def all_causes(outcome: Outcome) -> dict[int, str]:
    """Return, per vehicle that differs, each cause with its number and first date, as text."""
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for vehicle, cause, day, number in outcome.totals.tolist():
        found[vehicle].append((day, cause, number))
    return {
        vehicle: "; ".join(
            f"{CAUSES[cause]} {number} from {date_text(day)}" for day, cause, number in sorted(mine)
        )
        for vehicle, mine in found.items()
    }


def _frame(labels: pd.Index, outcome: Outcome, ids: list[pd.Series | None]) -> pd.DataFrame:
    """Return the public frame of an outcome."""
    count = len(labels)
    day = np.full(count, NO_DAY, dtype=np.int64)
    source: list[object] = [None] * count
    cause, causes = [""] * count, [""] * count
    for vehicle, text in all_causes(outcome).items():
        causes[vehicle] = text
    for vehicle, first, code, side, _, _, row in outcome.firsts.tolist():
        column = ids[side]
        day[vehicle], cause[vehicle] = first, main_cause(outcome, vehicle, code)
        source[vehicle] = None if column is None else column.iloc[row]
    return pd.DataFrame(
        {
            "vehicle_id": labels,
            "equal": day == NO_DAY,
            "first_date": day.astype("datetime64[D]").astype("datetime64[s]"),
            "source_id": pd.Series(source, dtype="object"),
            "cause": pd.Categorical(cause, categories=["", *CAUSES]),
            "causes": pd.Series(causes, dtype="str"),
        }
    )


def _given(frame: pd.DataFrame, rules: Rules, side: str) -> Given:
    """Return one side of the comparison, its readings in order."""
    try:
        readings = from_frame(frame, rules)
    except MotomindError as error:
        raise MotomindError(side, error.expected, error.found, error.action) from None
    return Given(readings, readings.vehicles, frame["id"] if "id" in frame.columns else None)


def _alike(before: Given, after: Given) -> tuple[Given, Given]:
    """Return both sides with vehicles of one kind; as text where the sides use different kinds."""
    kinds = {type(vehicle) for side in (before, after) for vehicle in side.labels}
    if len(kinds) <= 1:
        return before, after
    sides = []
    for side in (before, after):
        labels = pd.Index([text_of(vehicle) for vehicle in side.labels])
        sides.append(Given(side.readings, labels, side.ids))
    return sides[0], sides[1]


def text_of(value: object) -> str:
    """Return a key as text, so that 1, 1.0 and "1" are the same."""
    number = isinstance(value, int | float | Decimal | np.number) and not isinstance(value, bool)
    if number and value == int(value):  # type: ignore[call-overload]
        return str(int(value))  # type: ignore[call-overload]
    return str(value)


def _listed(before: Given, after: Given, labels: pd.Index) -> tuple[Listed, Listed]:
    """Return both sides with common numbers for vehicles and ids."""
    sides = (before, after)
    columns = [
        [] if side.ids is None else [None if gap else text_of(value) for value, gap in _ids(side)]
        for side in sides
    ]
    numbers = pd.factorize(pd.Series([*columns[0], *columns[1]], dtype="object"))[0]
    # a missing id is like no other
    numbers = np.where(numbers < 0, -1 - np.arange(len(numbers)), numbers).astype(np.int64)
    parts = (numbers[: len(columns[0])], numbers[len(columns[0]) :])
    found = []
    for side, part in zip(sides, parts, strict=True):
        readings = side.readings
        vehicle = labels.get_indexer(side.labels)[readings.vehicle].astype(np.int64)
        order = np.argsort(vehicle, kind="stable")
        row = readings.row[order]
        high = part[row] if side.ids is not None else np.zeros_like(row)
        day, miles = readings.day[order], readings.miles[order]
        has_ids = before.ids is not None and after.ids is not None
        found.append(Listed(vehicle[order], day, miles, high, np.zeros_like(row), row, has_ids))
    return found[0], found[1]


def _ids(side: Given) -> list[tuple[object, bool]]:
    """Return each id and whether it is missing."""
    ids = pd.Series(dtype="object") if side.ids is None else side.ids
    return list(zip(ids.tolist(), ids.isna().tolist(), strict=True))

"""Comparing two sides: per vehicle whether its readings are the same, and what differs first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from motomind_nb.mileage.comparison.causes import (
    CAUSES,
    MERGED,
    ORDER,
    SPLIT,
    Differences,
    differences,
    firsts,
    flows_of,
    regrouped,
)
from motomind_nb.mileage.comparison.matching import Rows, matched
from motomind_nb.mileage.readings import NO_MILES, Flags, Integers, Readings, from_frame
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

    def id_of(self, place: int) -> object:
        """Return the id of the reading at a place; None without ids."""
        return None if self.ids is None else self.ids.iloc[int(self.readings.row[place])]


def compare(before: pd.DataFrame, after: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return one row per vehicle of either side, ordered by vehicle_id. Reads only.

    Readings are matched one to one: by id where both sides have one, then by vehicle and miles
    within a day, then by date and miles under another vehicle, then by vehicle and date.

    Columns:
        vehicle_id: as in the input.
        equal: bool, the same readings on the same dates in the same order.
        first_date: datetime64[s], local date of the first diverging reading; NaT where equal.
        source_id: the id of that reading (before, else after); None where equal or unknown.
        cause: category: lost, added, re-dated, altered, moved (another vehicle has it now),
            merged, split, order; empty where equal.

    Raises: MotomindError when one side can't be read.
    """
    old, new = _alike(_given(before, rules), _given(after, rules))
    vehicles = old.labels.union(new.labels)
    left, right = _rows(old, new)
    mate = matched(left, right)
    found = differences(left, right, mate)
    count = len(vehicles)
    merged, split = regrouped(flows_of(left, right, mate, count), rules)
    day, place, cause = per_vehicle(found, count, merged, split)
    reordered = same_readings_reordered(left, right, place)
    source = _source_ids(found, place, old, new)
    for vehicle, at in reordered.items():
        cause[vehicle], day[vehicle] = ORDER, left.day[at]
        source[vehicle] = old.id_of(at)
    return comparison(vehicles, cause, day, source)


def comparison(
    vehicles: pd.Index, cause: Integers, day: Integers, source: list[object]
) -> pd.DataFrame:
    """Return the public frame from a cause (-1: equal), a day and an id per vehicle."""
    dates = np.where(cause < 0, NO_DAY, day).astype("datetime64[D]").astype("datetime64[s]")
    names = ["", *CAUSES]
    return pd.DataFrame(
        {
            "vehicle_id": vehicles,
            "equal": cause < 0,
            "first_date": dates,
            "source_id": pd.Series(source, dtype="object"),
            "cause": pd.Categorical.from_codes(cause + 1, dtype=pd.CategoricalDtype(names)),
        }
    )


def per_vehicle(
    found: Differences, count: int, merged: Flags, split: Flags
) -> tuple[Integers, Integers, Integers]:
    """Return per vehicle day, place in `found` and cause of its first difference (-1: none)."""
    day, place, cause = (np.full(count, -1, dtype=np.int64) for _ in range(3))
    first = firsts(found)
    vehicle = found.vehicle[first]
    day[vehicle], place[vehicle], cause[vehicle] = found.day[first], first, found.cause[first]
    for flags, code in ((split, SPLIT), (merged, MERGED)):
        cause[flags & (place >= 0)] = code
    return day, place, cause


def same_readings_reordered(before: Rows, after: Rows, place: Integers) -> dict[int, int]:
    """Return vehicles with the same readings in another order, and where that first shows.

    Both sides are ordered; `place` is negative for vehicles without any other difference, whose
    readings with miles are therefore as many on both sides.
    """
    left = np.flatnonzero((place[before.vehicle] < 0) & (before.miles != NO_MILES))
    right = np.flatnonzero((place[after.vehicle] < 0) & (after.miles != NO_MILES))
    wrong = left[before.miles[left] != after.miles[right]]
    vehicle, first = np.unique(before.vehicle[wrong], return_index=True)
    return dict(zip(vehicle.tolist(), wrong[first].tolist(), strict=True))


def _given(frame: pd.DataFrame, rules: Rules) -> Given:
    """Return one side of the comparison, its readings in order."""
    readings = from_frame(frame, rules)
    return Given(readings, readings.vehicles, frame["id"] if "id" in frame.columns else None)


def _alike(before: Given, after: Given) -> tuple[Given, Given]:
    """Return both sides with vehicles of one kind; as text where the sides use different kinds."""
    kinds = {type(vehicle) for side in (before, after) for vehicle in side.labels}
    if len(kinds) <= 1:
        return before, after
    return (
        replace(before, labels=before.labels.astype(str)),
        replace(after, labels=after.labels.astype(str)),
    )


def _rows(before: Given, after: Given) -> tuple[Rows, Rows]:
    """Return both sides with common numbers for vehicles and ids."""
    known = before.ids is not None and after.ids is not None
    columns = [
        side.ids.astype(str).where(side.ids.notna())
        if side.ids is not None
        else pd.Series(dtype="object")
        for side in (before, after)
    ]
    numbers = pd.factorize(pd.concat(columns, ignore_index=True))[0].astype(np.int64)
    parts = (numbers[: len(columns[0])], numbers[len(columns[0]) :])
    rows = []
    vehicles = before.labels.union(after.labels)
    for side, part in zip((before, after), parts, strict=True):
        readings = side.readings
        number = vehicles.get_indexer(side.labels)[readings.vehicle].astype(np.int64)
        ident = part[readings.row] if known else np.full(len(readings), -1, dtype=np.int64)
        rows.append(Rows(number, readings.day, readings.miles, ident))
    return rows[0], rows[1]


def _source_ids(found: Differences, place: Integers, before: Given, after: Given) -> list[object]:
    """Return per vehicle the id of its first diverging reading: that before, else that after."""
    source: list[object] = [None] * len(place)
    for vehicle in np.flatnonzero(place >= 0).tolist():
        first = int(place[vehicle])
        for side, at in ((before, found.before), (after, found.after)):
            if at[first] >= 0 and source[vehicle] is None:
                source[vehicle] = side.id_of(int(at[first]))
    return source

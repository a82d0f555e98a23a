"""Comparing two sides: per vehicle whether its readings are the same, and what differs first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from motomind_nb.mileage.causes import (
    CAUSES,
    MERGED,
    ORDER,
    SPLIT,
    Differences,
    differences,
    firsts,
    flows_of,
    regrouped,
)  # fmt: skip
from motomind_nb.mileage.matching import Rows, matched
from motomind_nb.mileage.readings import Flags, Integers, Readings, from_frame
from motomind_nb.mileage.rules import Rules

DEFAULT = Rules()
NO_DAY = np.iinfo(np.int64).min


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
    sides = (from_frame(before, rules), from_frame(after, rules))
    names = (_ids(before), _ids(after))
    labels = _labels(*sides)
    vehicles = labels[0].union(labels[1])
    left, right = _rows(sides, labels, names)
    mate = matched(left, right)
    found = differences(left, right, mate)
    count = len(vehicles)
    regroupings = regrouped(flows_of(left, right, mate, count), rules)
    day, place, cause = per_vehicle(found, count, regroupings)
    reordered = out_of_order(left, right, place)
    source = _source_ids(found, place, names, (sides[0].row, sides[1].row))
    for vehicle, at in reordered.items():
        cause[vehicle], day[vehicle] = ORDER, left.day[at]
        source[vehicle] = None if names[0] is None else names[0].iloc[int(sides[0].row[at])]
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
    found: Differences, count: int, regroupings: tuple[Flags, Flags]
) -> tuple[Integers, Integers, Integers]:
    """Return per vehicle day, place in `found` and cause of its first difference (-1: none)."""
    day, place, cause = (np.full(count, -1, dtype=np.int64) for _ in range(3))
    first = firsts(found)
    vehicle = found.vehicle[first]
    day[vehicle], place[vehicle], cause[vehicle] = found.day[first], first, found.cause[first]
    for flags, code in zip(regroupings[::-1], (SPLIT, MERGED), strict=True):
        cause[flags & (place >= 0)] = code
    return day, place, cause


def out_of_order(before: Rows, after: Rows, place: Integers) -> dict[int, int]:
    """Return vehicles with the same readings in another order, and where that first shows.

    Both sides are ordered; `place` is negative for vehicles without any other difference.
    """
    left = np.flatnonzero(place[before.vehicle] < 0)
    right = np.flatnonzero(place[after.vehicle] < 0)
    wrong = left[before.miles[left] != after.miles[right]]
    vehicle, first = np.unique(before.vehicle[wrong], return_index=True)
    return dict(zip(vehicle.tolist(), wrong[first].tolist(), strict=True))


def _labels(before: Readings, after: Readings) -> tuple[pd.Index, pd.Index]:
    """Return the vehicles of each side; as text where the sides use different kinds."""
    labels = before.vehicles, after.vehicles
    kinds = {type(vehicle) for side in labels for vehicle in side}
    return labels if len(kinds) <= 1 else (labels[0].astype(str), labels[1].astype(str))


def _ids(frame: pd.DataFrame) -> pd.Series | None:
    return frame["id"] if "id" in frame.columns else None


def _rows(
    sides: tuple[Readings, Readings],
    labels: tuple[pd.Index, pd.Index],
    names: tuple[pd.Series | None, pd.Series | None],
) -> tuple[Rows, Rows]:
    """Return both sides with common numbers for vehicles and ids."""
    known = [name is not None for name in names]
    columns = [
        name.astype(str).where(name.notna()) if name is not None else pd.Series(dtype="object")
        for name in names
    ]
    numbers = pd.factorize(pd.concat(columns, ignore_index=True))[0].astype(np.int64)
    parts = (numbers[: len(columns[0])], numbers[len(columns[0]) :])
    rows = []
    vehicles = labels[0].union(labels[1])
    for side, label, part in zip(sides, labels, parts, strict=True):
        number = vehicles.get_indexer(label)[side.vehicle].astype(np.int64)
        ident = part[side.row] if all(known) else np.full(len(side), -1, dtype=np.int64)
        rows.append(Rows(number, side.day, side.miles, ident))
    return rows[0], rows[1]


def _source_ids(
    found: Differences,
    place: Integers,
    names: tuple[pd.Series | None, pd.Series | None],
    rows: tuple[Integers, Integers],
) -> list[object]:
    """Return per vehicle the id of its first diverging reading: that before, else that after."""
    source: list[object] = [None] * len(place)
    for vehicle in np.flatnonzero(place >= 0).tolist():
        first = int(place[vehicle])
        for column, row, at in zip(names, rows, (found.before, found.after), strict=True):
            if column is not None and at[first] >= 0 and source[vehicle] is None:
                source[vehicle] = column.iloc[int(row[at[first]])]
    return source

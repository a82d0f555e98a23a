"""Which readings of a chart differ: what the pictures mark in red.

The verdict rests on the comparison of the room ``mileage``. Here the two histories that a chart
draws are compared once more, in a simple way of its own, so that no picture can look whole where
its readings are not.
"""

from __future__ import annotations

import pandas as pd

LOST, ADDED, ALTERED, REDATED, MOVED = "lost", "added", "altered", "re-dated", "moved"
KINDS = (LOST, ADDED, ALTERED, REDATED, MOVED)
COLUMNS = [
    "vehicle_id",
    "kind",
    "before_date",
    "before_miles",
    "after_date",
    "after_miles",
]


def differing_readings(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the readings that are not the same on both sides, one row each. Reads only.

    ``before`` and ``after``: columns date, miles (miles), vehicle_id and id (both optional).
    Readings of the same vehicle, date and miles are equal, each with one other. Of the rest, those
    with the same id belong together, then those of the same vehicle and miles, then those of the
    same vehicle and date.

    Columns: vehicle_id (text), kind (one of KINDS), before_date, before_miles, after_date,
    after_miles (text and miles; missing on the side that has none).
    """
    left, right = _unequal(_plain(before), _plain(after))
    found = []
    for keys in (["id"], ["vehicle_id", "miles"], ["vehicle_id", "date"]):
        pairs, left, right = _matched(left, right, keys)
        found.append(_told(pairs))
    found.append(_alone(left, LOST, "before"))
    found.append(_alone(right, ADDED, "after"))
    rows = [table for table in found if len(table)]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)


def _plain(side: pd.DataFrame) -> pd.DataFrame:
    """Return vehicle, id, date and miles of the readings that state miles, as text and numbers."""
    known = side.dropna(subset=["miles"])
    none = pd.Series("", index=known.index)
    return pd.DataFrame(
        {
            "vehicle_id": known.get("vehicle_id", none).astype(str),
            "id": known.get("id", none).astype(str),
            "date": known["date"].astype(str),
            "miles": known["miles"].astype(float),
        }
    ).reset_index(drop=True)


def _unequal(left: pd.DataFrame, right: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is left of both sides without the readings that stand on both."""
    keys = ["vehicle_id", "date", "miles"]
    _, left, right = _matched(left, right, [*keys, "id"])
    _, left, right = _matched(left, right, keys)
    return left, right


def _matched(
    left: pd.DataFrame, right: pd.DataFrame, keys: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the pairs with equal keys, one to one in order, and what is left of both sides."""
    named = [side[side["id"] != ""] if "id" in keys else side for side in (left, right)]
    one, two = (
        side.assign(_place=side.groupby(keys).cumcount(), _row=side.index) for side in named
    )
    pairs = one.merge(two, on=[*keys, "_place"], suffixes=("_before", "_after"))
    for name in keys:
        pairs[f"{name}_before"] = pairs[f"{name}_after"] = pairs[name]
    return (
        pairs,
        left.loc[left.index.difference(pd.Index(pairs["_row_before"]))],
        right.loc[right.index.difference(pd.Index(pairs["_row_after"]))],
    )


def _told(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of readings that belong together, with what differs between them."""
    kind = pd.Series(ALTERED, index=pairs.index)
    kind[pairs["miles_before"] == pairs["miles_after"]] = REDATED
    kind[pairs["vehicle_id_before"] != pairs["vehicle_id_after"]] = MOVED
    table = pd.DataFrame(
        {
            "vehicle_id": pairs["vehicle_id_before"],
            "kind": kind,
            "before_date": pairs["date_before"],
            "before_miles": pairs["miles_before"],
            "after_date": pairs["date_after"],
            "after_miles": pairs["miles_after"],
        }
    )
    moved = table["kind"] == MOVED
    # one that moved is missing at one vehicle and stands at the other
    gone = table[moved].assign(after_date=None, after_miles=None)
    come = table[moved].assign(
        vehicle_id=pairs.loc[moved, "vehicle_id_after"], before_date=None, before_miles=None
    )
    return pd.concat(
        [part for part in (table[~moved], gone, come) if len(part)] or [table], ignore_index=True
    )


def _alone(side: pd.DataFrame, kind: str, name: str) -> pd.DataFrame:
    """Return readings that stand on one side only."""
    table = pd.DataFrame(columns=COLUMNS, index=side.index)
    table["vehicle_id"] = side["vehicle_id"]
    table["kind"] = kind
    table[f"{name}_date"] = side["date"]
    table[f"{name}_miles"] = side["miles"]
    return table

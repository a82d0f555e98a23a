"""What the charts say in one line: the same sentence on the page and in the notebook; labels."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pandas as pd

from motomind_nb.core import is_missing

FATES = ("loaded", "archived", "quarantined")
SHORTEST_PART = 8  # characters of an id: as many as the first block of a uuid has


def ledger_title(ledger: pd.DataFrame) -> str:
    """Return the ledger's finding in one line.

    Columns read: kind, source_rows, loaded, archived, quarantined, missing (rows).
    """
    parts = ledger[ledger["kind"] == "table"]
    known = parts.assign(missing=parts.get("missing", 0))
    counts = {name: _numbers(known[name]) for name in ("source_rows", *FATES, "missing")}
    total = {name: int(column.sum()) for name, column in counts.items()}
    # table by table: a row lost in one and a row too many in another do not make up for each other
    gaps = counts["source_rows"] - sum(counts[name] for name in (*FATES, "missing"))
    said = ", ".join(f"{total[name]:,} {name}" for name in FATES)
    if not total["missing"] and not gaps.any():
        return f"Each of {total['source_rows']:,} rows is accounted for: {said}"
    accounted = sum(total[name] for name in FATES)
    sides = {"unexplained": gaps.clip(lower=0).sum(), "too many": -gaps.clip(upper=0).sum()}
    others = "".join(f", {int(number):,} {what}" for what, number in sides.items() if number)
    return (
        f"{total['source_rows']:,} in the source, {accounted:,} accounted for,"
        f" {total['missing']:,} missing{others}"
    )


def fleet_title(vehicles: pd.DataFrame) -> str:
    """Return the comparison of mileages in one line. Columns read: equal (bool or its text)."""
    equal = int(vehicles["equal"].astype(str).str.lower().eq("true").sum())
    if equal == len(vehicles):
        return f"All {equal:,} vehicles keep their mileage history"
    return (
        f"{len(vehicles) - equal:,} of {len(vehicles):,} vehicles do not keep their mileage history"
    )


def spread_title(years: pd.DataFrame, spread: pd.DataFrame) -> str:
    """Return in one line over what the rows are spread.

    Columns read: year, rows of ``years``; measure, from, rows of ``spread``.
    """
    known = pd.to_numeric(years["year"], errors="coerce").dropna().astype(int)
    if known.empty:
        return "No event states a date"
    events = int(_numbers(years["rows"]).sum())
    first, last = known.min(), known.max()
    miles = spread[spread["measure"] == "miles"]
    none = int(_numbers(miles[pd.to_numeric(miles["from"]).fillna(-1) < 1]["rows"]).sum())
    said = f"{events:,} events from {first} to {last}"
    return said + (f"; {none:,} state 0 miles or less" if none else "")


def _numbers(column: pd.Series) -> pd.Series:
    """Return a column of counts as numbers; empty cells count for nothing."""
    return pd.to_numeric(column, errors="coerce").fillna(0).astype("int64")


def vehicle_labels(vehicles: pd.DataFrame) -> list[str]:
    """Return each vehicle's name with what tells its id from the others; the id alone without one.

    Columns read: vehicle_id, name (optional).
    """
    numbers = [str(number) for number in vehicles["vehicle_id"]]
    names = vehicles["name"] if "name" in vehicles else [None] * len(numbers)
    return [
        number
        if is_missing(name) or str(name) in ("", number)
        else f"{textwrap.shorten(str(name), 24, placeholder='…')} · {part}"
        for number, name, part in zip(numbers, names, distinguishing_parts(numbers), strict=True)
    ]


def distinguishing_parts(numbers: Sequence[str]) -> list[str]:
    """Return the shortest beginning or end of each id, as long for all, that no other id has.

    At least eight characters, or the id itself; before an end stands a mark.
    """
    known = set(numbers)
    longest = max(map(len, known), default=0)
    for length in range(SHORTEST_PART, longest):
        for part in (slice(None, length), slice(-length, None)):
            if len({number[part] for number in known}) == len(known):
                mark = "…" if part.start is not None else ""
                return [
                    number if len(number) <= length else f"{mark}{number[part]}"
                    for number in numbers
                ]
    return list(numbers)

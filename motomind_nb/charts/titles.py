"""What the charts say in one line: the same sentence on the page and in the notebook."""

from __future__ import annotations

import pandas as pd

FATES = ("loaded", "archived", "quarantined")


def ledger_title(ledger: pd.DataFrame) -> str:
    """Return the ledger's finding in one line.

    Columns read: kind, source_rows, loaded, archived, quarantined (rows).
    """
    parts = ledger[ledger["kind"] == "table"]
    total = {name: _sum(parts[name]) for name in ("source_rows", *FATES)}
    missing = total["source_rows"] - sum(total[name] for name in FATES)
    said = ", ".join(f"{total[name]:,} {name}" for name in FATES)
    if missing:
        return f"{abs(missing):,} rows are not accounted for: {said}"
    return f"Each of {total['source_rows']:,} rows is accounted for: {said}"


def fleet_title(vehicles: pd.DataFrame) -> str:
    """Return the comparison of mileages in one line. Columns read: equal (bool or its text)."""
    equal = int(vehicles["equal"].astype(str).str.lower().eq("true").sum())
    if equal == len(vehicles):
        return f"All {equal:,} vehicles keep their mileage history"
    return (
        f"{len(vehicles) - equal:,} of {len(vehicles):,} vehicles do not keep their mileage history"
    )


def _sum(column: pd.Series) -> int:
    """Return the sum of a column of counts; empty cells count for nothing."""
    return int(pd.to_numeric(column, errors="coerce").fillna(0).sum())

"""Checks of the live schema: one query each, in ``sql/architecture/checks``, that lists faults.

The categories of Supabase's linter come first (row level security off, rights without a policy,
views that run as their owner, exposed materialized views, mutable search_path, unindexed foreign
keys, duplicate indexes), then what this schema promises beyond them.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from motomind_nb.core import Finding, as_one_line
from motomind_nb.postgres import (
    Connection,
    findings_or_gone,
    frame,
    query,
    query_names,
    raise_outage,
    read_or_none,
    rows,
)
from motomind_nb.rebuilt.architecture.packaged import query_with_inlined_views
from motomind_nb.rebuilt.architecture.rights import compare_rights

if TYPE_CHECKING:
    import pandas as pd

ESTIMATES = (
    "vehicle",
    "fuel_events",
    "manufacturer_mpg",
    "measured_mpg",
    "estimate_mpg",
    "basis",
)
WARNINGS = ("waiting_event",)


def check_schema(connection: Connection, rights: pd.DataFrame | None = None) -> list[Finding]:
    """Return the findings of all checks: one for each fault, one with ok for a check without any.

    ``rights`` is what ``compare_rights`` returns, compared here if it is left out.
    Reads only (what the rights try is rolled back).
    """
    names = query_names("rebuilt/architecture/checks")
    found = [finding for name in names for finding in _faults(connection, name)]
    return [*found, *findings_or_gone(connection, "rights", partial(_rights, connection, rights))]


def mpg_estimates(connection: Connection) -> pd.DataFrame:
    """Return what the application can say of each visible vehicle's mileage per gallon.

    Reads only; no row where an object that it reads is gone.
    Columns: vehicle, fuel_events, manufacturer_mpg, measured_mpg, estimate_mpg (miles per
    gallon), basis (fuel events, manufacturer, unknown).
    """
    import pandas as pd

    statement = query("rebuilt/architecture/estimates")
    found = read_or_none(connection, partial(frame, connection, statement))
    return pd.DataFrame(columns=list(ESTIMATES)) if found is None else found


def _faults(connection: Connection, name: str) -> list[Finding]:
    """Return the findings of one check."""
    stem = name.rpartition("/")[2]
    check, status = stem.replace("_", " "), "warn" if stem in WARNINGS else "fail"
    try:
        with connection.transaction():
            faults = rows(connection, query_with_inlined_views(name), {})
    except psycopg.Error as error:
        raise_outage(error)
        said = as_one_line(error.diag.message_primary or error)
        return [Finding(check, "rebuilt schema", "a check that runs", "it failed", "fail", said)]
    found = [
        Finding(check, row["subject"], row["expected"], row["found"], status, row["detail"])
        for row in faults
    ]
    return found or [Finding(check, "rebuilt schema", "none", "none", "ok")]


def _rights(connection: Connection, rights: pd.DataFrame | None) -> list[Finding]:
    """Return the rights that differ from schema/target/rights.csv, or one ok."""
    compared = compare_rights(connection) if rights is None else rights
    differ = compared[compared.status == "fail"]
    if differ.empty:
        return [Finding("rights", "rebuilt schema", "as rights.csv", "equal both ways", "ok")]
    differences = differ.astype(str).to_dict("records")
    return [
        Finding(
            "rights",
            f"{row['object']} {row['command']} {row['role']}",
            row["expected"],
            _found_of_right(row),
            "fail",
            f"tried as the role: {row['works'] or 'not tried'}",
        )
        for row in differences
    ]


def _found_of_right(row: dict[Hashable, Any]) -> str:
    """Return whether a right is granted; where that is as expected, what became of the try."""
    if row["granted"] != row["expected"]:
        return str(row["granted"])
    return (
        "granted, but refused when tried" if row["granted"] == "yes" else "works, but not granted"
    )

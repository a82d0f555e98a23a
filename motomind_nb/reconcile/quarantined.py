"""The rows in quarantine: how many for each rule, and all of them in a file."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pandas as pd
from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, frame, query, read_or_none
from motomind_nb.reconcile.cells import HIDDEN
from motomind_nb.reconcile.counted import copy_rows

COLUMNS = ("source_table", "source_id", "tenant_id", "rule", "reason", "source_row")


def quarantine_by_rule(connection: Connection) -> pd.DataFrame:
    """Return how many rows each rule put into quarantine, and why. Reads only.

    Columns: source_table, rule (text), rows (int64), reason (text, of the first row).
    """
    statement = query("reconcile/quarantine_summary")
    found = read_or_none(connection, partial(frame, connection, statement))
    return (
        pd.DataFrame(columns=["source_table", "rule", "rows", "reason"]) if found is None else found
    )


def write_quarantine(connection: Connection, path: Path, *, show_personal: bool = False) -> int:
    """Write every row in quarantine with its contents as CSV; return how many there are.

    Personal values are hidden unless asked for. Memory holds one row at a time. Writes: the file.
    Columns: source_table, source_id, tenant_id, rule, reason, source_row (the complete row, JSON).
    """
    personal = [] if show_personal else personal_columns()
    statement = query(
        "reconcile/quarantine_list",
        personal=sql.Literal(personal) + sql.SQL("::text[]"),
        hidden=sql.Literal(HIDDEN),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        return copy_rows(connection, statement, writer)


def personal_columns() -> list[str]:
    """Return source_table.column of each value that is hidden by default."""
    return [
        f"{item.name}.{column.name}"
        for item in catalog.objects().values()
        for column in item.columns
        if column.personal
    ]

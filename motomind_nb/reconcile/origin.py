"""Lineage: any target row back to its source row, and any source row to what it became."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from motomind_nb.core import csv_cell, naming_path
from motomind_nb.postgres import Connection, frame, query

COLUMNS = ("target_table", "target_id", "target_date", "tenant_id", "source_table", "source_id")


def lineage(connection: Connection, row_id: str) -> pd.DataFrame:
    """Return where a row came from or what it became, by the id of either side. Reads only.

    Columns: target_table, target_id, target_date (empty but for events), tenant_id, source_table,
    source_id (all text; memberships are named tenant/user).
    """
    statement = query("reconcile/lineage_of", lineage=query("reconcile/lineage"))
    return frame(connection, statement, {"id": row_id})


def write_lineage(connection: Connection, path: Path) -> int:
    """Write the lineage of all target rows as CSV and return their number. Writes: the file.

    Memory holds one row at a time. Columns: those of ``lineage``.
    """
    statement = query("reconcile/copy_out", query=query("reconcile/lineage"))
    number = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        naming_path(path),
        path.open("w", encoding="utf-8", newline="") as file,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in copy.rows():
            writer.writerow([csv_cell(value) for value in row])
            number += 1
    return number

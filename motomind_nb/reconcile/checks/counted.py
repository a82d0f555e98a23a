"""What a check lists, counted whole: one finding for each subject and cause, the rows in files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from motomind_nb.core import Finding, csv_cell, examples, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, frame, query, read_or_none, rows
from motomind_nb.reconcile.rows import HIDDEN

if TYPE_CHECKING:
    import pandas as pd

FOUND_FILE = "found_rows.csv"  # each row that a finding counts
UNREADABLE = (psycopg.Error,)  # a view of the source may fail in any way
QUARANTINED = ("source_table", "source_id", "tenant_id", "rule", "reason", "source_row")
FOUND = ("check", "subject", "status", "row", "found")


def counted(connection: Connection, faults: sql.Composed) -> list[Finding]:
    """Return one finding for each subject and cause that a query of faults lists. Reads only.

    ``faults`` has the columns check, subject, expected, found, status, detail and key, the name of
    the row; without a key a line is a finding of its own.
    """
    return [_counted(row) for row in rows(connection, query("reconcile/counted", faults=faults))]


def _counted(row: dict[str, Any]) -> Finding:
    """Return the finding of all rows of one subject and cause."""
    words = (row["check"], row["subject"], row["expected"])
    number = row["rows"]
    if not number:
        return Finding(*words, row["found"], row["status"], row["detail"])
    found = rows_counted(number) + (f": {row['found']}" if row["found"] is not None else "")
    shown = examples(row["samples"], number)
    detail = "; ".join(filter(None, (row["detail"], shown, _listed(number, FOUND_FILE))))
    return Finding(*words, found, row["status"], detail, number, row["digest"])


def _listed(number: int, file: str) -> str:
    """Return where the rows are that an example leaves out."""
    return f"all are in {file}" if number > 1 else ""


def write_found_rows(connection: Connection, path: Path, checks: Iterable[sql.Composed]) -> int:
    """Write each row that some queries of faults list as CSV; return how many there are.

    A check of which an object is gone has none. Memory holds one row at a time. Writes: the file.
    Columns: check, subject, status, row (what names it), found.
    """
    number = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FOUND)
        for faults in checks:
            statement = query("reconcile/faults", faults=faults)
            copied = partial(copy_rows, connection, statement, writer)
            number += read_or_none(connection, copied, UNREADABLE) or 0
    return number


def copy_rows(connection: Connection, statement: sql.Composed, writer: Any) -> int:
    """Write the rows of a query through a CSV writer and return their number; COPY streams them."""
    number = 0
    for row in _streamed(connection, statement):
        writer.writerow([csv_cell(value) for value in row])
        number += 1
    return number


def _streamed(connection: Connection, statement: sql.Composed) -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of a query as texts."""
    copied = query("reconcile/copy_out", query=statement)
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        yield from copy.rows()


def quarantine_by_rule(connection: Connection) -> pd.DataFrame:
    """Return how many rows each rule put into quarantine, and why. Reads only.

    Columns: source_table, rule (text), rows (int64), reason (text, of the first row).
    """
    import pandas as pd

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
        writer.writerow(QUARANTINED)
        return copy_rows(connection, statement, writer)


def personal_columns() -> list[str]:
    """Return source_table.column of each value that is hidden by default."""
    return [
        f"{item.name}.{column.name}"
        for item in catalog.objects().values()
        for column in item.columns
        if column.personal
    ]

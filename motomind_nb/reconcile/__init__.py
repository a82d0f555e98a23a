"""Reconciliation: what became of every row and every value, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, the old views, the recorded fingerprints
of the staged tables.
"""

from __future__ import annotations

import pandas

from motomind_nb import sql
from motomind_nb.database import Connection, frame, rows
from motomind_nb.findings import Finding
from motomind_nb.reconcile import differences as row_differences
from motomind_nb.reconcile import ledger as row_ledger
from motomind_nb.reconcile import old_views, witnesses
from motomind_nb.reconcile.differences import differences, write_differences
from motomind_nb.reconcile.ledger import ledger, targets
from motomind_nb.reconcile.lineage import lineage, write_lineage

__all__ = [
    "checks", "differences", "ledger", "lineage", "quarantine", "targets", "write_differences",
    "write_lineage",
]  # fmt: skip

FOLDER = "checks"


def checks(connection: Connection) -> list[Finding]:
    """Return every finding about rows and values, in the order of the story. Reads only."""
    with connection.transaction():
        return [
            *row_ledger.findings(connection),
            *witnesses.staged(connection),
            *witnesses.keys(connection),
            *witnesses.fingerprints(connection),
            *row_differences.findings(connection),
            *(Finding(**row) for name in sql.names(FOLDER)
              for row in rows(connection, sql.query(name))),
            *witnesses.quarantined_rows(connection),
            *witnesses.mapped_values(connection),
            *witnesses.disputed_marks(connection),
            *old_views.findings(connection),
        ]  # fmt: skip


def quarantine(connection: Connection) -> pandas.DataFrame:
    """Return how many rows each rule put into quarantine, and why. Reads only.

    Columns: source_table, rule (text), rows (int64), reason (text, of the first row).
    """
    return frame(connection, sql.query("reconcile/quarantine_summary"))

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
from motomind_nb.manifest import Manifest
from motomind_nb.reconcile import balance, cells, definitions, old_views, witnesses
from motomind_nb.reconcile.balance import ledger, targets
from motomind_nb.reconcile.cells import differences, write_differences
from motomind_nb.reconcile.definitions import schema_changes
from motomind_nb.reconcile.origin import lineage, write_lineage

__all__ = [
    "checks", "differences", "ledger", "lineage", "objects_summary", "quarantine", "schema",
    "schema_changes", "targets", "totals", "views", "write_differences", "write_lineage",
]  # fmt: skip

FOLDER = "checks"
SHOWN = ["subject", "before", "after", "status", "detail"]


def checks(connection: Connection) -> list[Finding]:
    """Return every finding about rows and values, in the order of the story. Reads only."""
    with connection.transaction():
        return [
            *balance.findings(connection),
            *witnesses.staged(connection),
            *witnesses.keys(connection),
            *witnesses.fingerprints(connection),
            *cells.findings(connection),
            *(finding for name in sql.names(FOLDER) for finding in _told(connection, name)),
            *witnesses.quarantined_rows(connection),
            *witnesses.mapped_values(connection),
            *witnesses.disputed_marks(connection),
            *old_views.findings(connection),
        ]


def schema(connection: Connection, before: Manifest) -> list[Finding]:
    """Return every finding about definitions: lost, gone with a warning, or all accounted for.

    ``before`` is the manifest of the backup. Reads only.
    """
    return definitions.findings(connection, before)


def objects_summary(connection: Connection, before: Manifest) -> pandas.DataFrame:
    """Return how many definitions of each kind were kept, replaced, are gone or lost. Reads only.

    Columns: kind (text), kept, replaced, gone, lost (int64, definitions).
    """
    found = schema_changes(connection, before)
    counted = pandas.crosstab(found["kind"], found["fate"])
    return counted.reindex(columns=list(definitions.FATES), fill_value=0).reset_index()


def totals(connection: Connection) -> pandas.DataFrame:
    """Return money, gallons and miles by source, each side summed by a query of its own.

    Reads only. Columns: subject (source, column and currency), before, after (sum and number of
    values), status, detail (all text).
    """
    return _shown(_told(connection, f"{FOLDER}/totals"))


def views(connection: Connection) -> pandas.DataFrame:
    """Return what comparing the old views with their replacements says. Reads only.

    Columns: subject, before, after, status, detail (all text).
    """
    with connection.transaction():
        return _shown(list(old_views.findings(connection)))


def quarantine(connection: Connection) -> pandas.DataFrame:
    """Return how many rows each rule put into quarantine, and why. Reads only.

    Columns: source_table, rule (text), rows (int64), reason (text, of the first row).
    """
    return frame(connection, sql.query("reconcile/quarantine_summary"))


def _told(connection: Connection, name: str) -> list[Finding]:
    """Return the findings that one query states."""
    return [Finding(**row) for row in rows(connection, sql.query(name))]


def _shown(items: list[Finding]) -> pandas.DataFrame:
    """Return findings as a table of before and after."""
    lines = [(item.subject, item.expected, item.actual, item.status, item.detail) for item in items]
    return pandas.DataFrame(lines, columns=SHOWN)

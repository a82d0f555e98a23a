"""Reconciliation: what became of every row and every value, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, the old views, the recorded fingerprints
of the staged tables.
"""

from __future__ import annotations

import pandas as pd

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, frame, query, query_names, rows
from motomind_nb.reconcile import balance, cells, definitions, derived, old_views, witnesses
from motomind_nb.reconcile.definitions import FATES, schema_changes

FOLDER = "reconcile/checks"
SHOWN = ["subject", "before", "after", "status", "detail"]


def compare_rows_and_values(connection: Connection, before: Manifest) -> list[Finding]:
    """Return every finding about rows and values, in the order of the story. Reads only.

    ``before`` is the manifest of the backup, which testifies about the source.
    """
    with connection.transaction():
        return [
            *balance.ledger_findings(connection, before),
            *witnesses.check_staged_fingerprints(connection, before),
            *witnesses.check_keys(connection),
            *witnesses.compare_fingerprints(connection),
            *cells.difference_findings(connection),
            *(finding for name in query_names(FOLDER) for finding in _told(connection, name)),
            *witnesses.check_quarantined_rows(connection),
            *witnesses.check_mapped_values(connection),
            *witnesses.check_disputed_marks(connection),
            *old_views.old_view_findings(connection),
            *derived.derived_findings(connection),
        ]


def compare_definitions(connection: Connection, before: Manifest) -> list[Finding]:
    """Return every finding about definitions: lost, gone with a warning, or all accounted for.

    ``before`` is the manifest of the backup. Reads only.
    """
    return definitions.definition_findings(connection, before)


def definition_counts(connection: Connection, before: Manifest) -> pd.DataFrame:
    """Return how many definitions of each kind were kept, replaced, are gone or lost. Reads only.

    Columns: kind (text), kept, replaced, gone, lost (int64, definitions).
    """
    found = schema_changes(connection, before)
    counted = found[found["fate"].isin(FATES)][["kind", "fate"]].value_counts().unstack("fate")
    counted = counted.reindex(columns=list(FATES)).fillna(0).astype(int).sort_index()
    return counted.rename_axis(columns=None).reset_index()


def compare_totals(connection: Connection) -> pd.DataFrame:
    """Return money, gallons and miles by source, each side summed by a query of its own.

    Reads only. Columns: subject (source, column and currency), before, after (sum and number of
    values), status, detail (all text).
    """
    return _shown(_told(connection, f"{FOLDER}/totals"))


def compare_views(connection: Connection) -> pd.DataFrame:
    """Return what comparing the old views with their replacements says. Reads only.

    Columns: subject, before, after, status, detail (all text).
    """
    with connection.transaction():
        return _shown(list(old_views.old_view_findings(connection)))


def quarantine_by_rule(connection: Connection) -> pd.DataFrame:
    """Return how many rows each rule put into quarantine, and why. Reads only.

    Columns: source_table, rule (text), rows (int64), reason (text, of the first row).
    """
    return frame(connection, query("reconcile/quarantine_summary"))


def _told(connection: Connection, name: str) -> list[Finding]:
    """Return the findings that one query states."""
    return [Finding(**row) for row in rows(connection, query(name))]


def _shown(items: list[Finding]) -> pd.DataFrame:
    """Return findings as a table of before and after."""
    lines = [(item.subject, item.expected, item.actual, item.status, item.detail) for item in items]
    return pd.DataFrame(lines, columns=SHOWN)

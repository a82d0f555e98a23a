"""Reconciliation: what became of every row and every value, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, the old views, the recorded fingerprints
of the staged tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pandas as pd

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.postgres import (
    Connection,
    findings_or_gone,
    query,
    query_names,
    read_or_none,
)
from motomind_nb.reconcile import balance, cells, definitions, derived, old_views, witnesses
from motomind_nb.reconcile.counted import counted, write_found_rows
from motomind_nb.reconcile.definitions import FATES, schema_changes
from motomind_nb.reconcile.pairs import gone_findings, readable_pairs

FOLDER = "reconcile/checks"
SHOWN = ["subject", "before", "after", "status", "detail"]


def compare_rows_and_values(connection: Connection, before: Manifest) -> list[Finding]:
    """Return every finding about rows and values, in the order of the story. Reads only.

    A check of which an object is gone is one failure; the others still run. ``before`` is the
    manifest of the backup, which testifies about the source.
    """
    told: list[tuple[str, Callable[[], Iterable[Finding]]]] = [
        ("target table", partial(gone_findings, connection)),
        ("ledger", partial(balance.ledger_findings, connection, before)),
        ("staged", partial(witnesses.check_staged_fingerprints, connection, before)),
        ("keys", partial(witnesses.check_keys, connection)),
        ("fingerprint", partial(witnesses.compare_fingerprints, connection)),
        ("rows", partial(cells.difference_findings, connection)),
        *(
            (name.rpartition("/")[2].replace("_", " "), partial(_told, connection, name))
            for name in query_names(FOLDER)
        ),
        ("quarantine rows", partial(witnesses.check_quarantined_rows, connection)),
        ("mapped values", partial(witnesses.check_mapped_values, connection)),
        ("disputed", partial(witnesses.check_disputed_marks, connection)),
        ("views", partial(old_views.old_view_findings, connection)),
        ("derived rows", partial(derived.derived_findings, connection)),
    ]
    with connection.transaction():
        return [
            finding for check, tell in told for finding in findings_or_gone(connection, check, tell)
        ]


def compare_definitions(connection: Connection, before: Manifest) -> list[Finding]:
    """Return every finding about definitions: lost, gone with a warning, or all accounted for.

    ``before`` is the manifest of the backup. Reads only.
    """
    tell = partial(definitions.definition_findings, connection, before)
    return findings_or_gone(connection, "definitions", tell)


def definition_counts(connection: Connection, before: Manifest) -> pd.DataFrame:
    """Return how many definitions of each kind were kept, replaced, are gone or lost. Reads only.

    Columns: kind (text), kept, replaced, gone, lost (int64, definitions).
    """
    found = read_or_none(connection, partial(schema_changes, connection, before))
    if found is None:
        found = pd.DataFrame(columns=["kind", "fate"])
    counted = found[found["fate"].isin(FATES)][["kind", "fate"]].value_counts().unstack("fate")
    counted = counted.reindex(columns=list(FATES)).fillna(0).astype(int).sort_index()
    return counted.rename_axis(columns=None).reset_index()


def compare_totals(connection: Connection) -> pd.DataFrame:
    """Return money, gallons and miles by source, each side summed by a query of its own.

    Reads only. Columns: subject (source, column and currency), before, after (sum and number of
    values), status, detail (all text).
    """
    tell = partial(_told, connection, f"{FOLDER}/totals")
    return _shown(findings_or_gone(connection, "totals", tell))


def compare_views(connection: Connection) -> pd.DataFrame:
    """Return what comparing the old views with their replacements says. Reads only.

    Columns: subject, before, after, status, detail (all text).
    """
    with connection.transaction():
        tell = partial(old_views.old_view_findings, connection)
        return _shown(findings_or_gone(connection, "views", tell))


def write_rows_of_findings(connection: Connection, path: Path) -> int:
    """Write each row that the findings of the comparison count; return how many. Writes: the file.

    Columns: check, subject, status, row (what names it), found (text).
    """
    with connection.transaction():
        names = [*query_names(FOLDER), *query_names(old_views.FOLDER)]
        # a row in quarantine has a file of its own, with its contents
        checks = [query(name) for name in names if name != f"{FOLDER}/quarantine"]
        checks += witnesses.quarantine_faults()
        for pair in readable_pairs(connection):
            checks += witnesses.key_faults(connection, pair)
        return write_found_rows(connection, path, checks)


def _told(connection: Connection, name: str) -> list[Finding]:
    """Return the findings that one query states."""
    return counted(connection, query(name))


def _shown(items: list[Finding]) -> pd.DataFrame:
    """Return findings as a table of before and after."""
    lines = [(item.subject, item.expected, item.actual, item.status, item.detail) for item in items]
    return pd.DataFrame(lines, columns=SHOWN)

"""Reconciliation: what became of every row and every value, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, the old views, the recorded fingerprints
of the staged tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import sql

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Tell, no_progress
from motomind_nb.load import Notes
from motomind_nb.postgres import (
    Connection,
    Task,
    findings_or_gone,
    read_or_none,
    same_snapshot,
    share_tasks,
)
from motomind_nb.reconcile import balance, checks, definitions
from motomind_nb.reconcile.checks import Check, Loaded, checks_beside, listing_of, task_of
from motomind_nb.reconcile.definitions import FATES, schema_changes
from motomind_nb.reconcile.rows import (
    Pair,
    Sides,
    TypeFaults,
    difference_findings,
    differences,
    gone_findings,
    no_differences,
    read_sides,
    readable_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = 20  # rows of each difference that are told one by one
ROWS_COST = 10  # of reading both sides, as checks state theirs


@dataclass(frozen=True)
class RowComparison:
    """What became of rows and values: each result is computed once, for checks, files and tables.

    ``findings`` are in the order of the story; ``ledger`` and ``targets`` as ``ledger`` and
    ``target_ledger`` return them; ``differences`` as ``differences`` does, ``SAMPLE`` rows of each.
    ``differing`` are the target tables whose two sides are not the same; ``listing`` are the
    queries that list the rows which findings count.
    """

    findings: list[Finding]
    ledger: pd.DataFrame
    targets: pd.DataFrame
    differences: pd.DataFrame
    differing: tuple[Pair, ...]
    listing: tuple[sql.Composed, ...]


def compare_rows(
    connection: Connection,
    before: Manifest,
    tell: Tell = no_progress,
    loaded: Loaded | None = None,
) -> RowComparison:
    """Return what became of every row and value. Reads only.

    A check of which an object is gone is one failure; the others still run. ``before`` is the
    manifest of the backup, which testifies about the source. ``tell`` hears of each check. Without
    ``loaded`` nothing is known of the load, and the feed is there.
    """
    with connection.transaction(), same_snapshot(connection) as sessions:
        readable = readable_pairs(connection)
        first = [Task(2, balance.loaded_by_source), Task(1, partial(_staged, before=before))]
        stand, staged = share_tasks(sessions, first, "staged copy")
        known = _still_known(loaded or Loaded(), staged)
        beside = checks_beside(known)
        of_rows = Task(ROWS_COST, partial(_rows_read, known=known, readable=readable))
        tasks = [of_rows, *map(task_of, beside)]
        read, *told = share_tasks(sessions, tasks, "checks of rows", tell)
        ledger = balance.ledger(connection, before, stand)
        targets = balance.target_ledger(connection, stand, readable)
        find_gone = partial(gone_findings, connection, readable)
        gone = findings_or_gone(connection, "target table", find_gone)
        listing = listing_of([*read.checks, *beside], [*read.told, *told])
    counted = [gone, balance.ledger_findings(ledger, targets), staged, *read.told, *told]
    return RowComparison(
        [finding for findings in counted for finding in findings],
        ledger,
        targets,
        read.differences,
        read.differing,
        listing,
    )


@dataclass(frozen=True)
class _RowsRead:
    """What the two sides of the target tables say: by check, and where they are not the same."""

    checks: list[Check]
    told: list[list[Finding]]
    differences: pd.DataFrame
    differing: tuple[Pair, ...]


def _rows_read(connection: Connection, known: Loaded, readable: TypeFaults) -> _RowsRead:
    """Read both sides of each readable table; return what keys, fingerprints and rows say."""
    sides = read_sides(connection, known.notes.projected, readable)
    differing = tuple(item.pair for item in sides if not (item.same or item.type_faults))
    read_all = partial(differences, connection, SAMPLE, differing)
    different = read_or_none(connection, read_all)
    repeated = partial(checks.faults_of_keys, connection, sides)
    of_rows = [
        Check("keys", partial(checks.check_keys, sides=sides), repeated),
        Check("fingerprint", partial(checks.compare_fingerprints, sides=sides)),
        Check("rows", lambda _: _row_findings(read_all, different, sides)),
    ]
    told = [task_of(check).act(connection) for check in of_rows]
    return _RowsRead(of_rows, told, no_differences() if different is None else different, differing)


def _staged(connection: Connection, before: Manifest) -> list[Finding]:
    """Return whether each staged table still is what the backup's manifest says."""
    read = partial(checks.check_staged_fingerprints, connection, before)
    return findings_or_gone(connection, "staged", read)


def _still_known(loaded: Loaded, staged: Iterable[Finding]) -> Loaded:
    """Return what is known of the load: no notes, if a staged table is not what it was."""
    unchanged = all(item.status == "ok" for item in staged)
    return loaded if unchanged else replace(loaded, notes=Notes())


def _row_findings(
    read: Callable[[], pd.DataFrame], different: pd.DataFrame | None, sides: list[Sides]
) -> Iterable[Finding]:
    """Return the findings about differences; what could not be read is asked once more.

    So its error becomes the finding.
    """
    return difference_findings(read() if different is None else different, sides)


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
    import pandas as pd

    found = read_or_none(connection, partial(schema_changes, connection, before))
    if found is None:
        found = pd.DataFrame(columns=["kind", "fate"])
    table = found[found["fate"].isin(FATES)][["kind", "fate"]].value_counts().unstack("fate")
    table = table.reindex(columns=list(FATES)).fillna(0).astype(int).sort_index()
    return table.rename_axis(columns=None).reset_index()


def write_rows_of_findings(connection: Connection, path: Path, compared: RowComparison) -> int:
    """Write each row that the findings of the comparison count; return how many. Writes: the file.

    Columns: check, subject, status, row (what names it), found (text).
    """
    with connection.transaction():
        return checks.write_found_rows(connection, path, compared.listing)

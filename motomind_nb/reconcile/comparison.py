"""Reconciliation: what became of every row and every value, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, the old views, the recorded fingerprints
of the staged tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import sql

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Tell, no_progress
from motomind_nb.legacy import catalog
from motomind_nb.load import Notes
from motomind_nb.postgres import (
    Connection,
    findings_or_gone,
    query,
    query_names,
    read_or_none,
)
from motomind_nb.reconcile import (
    balance,
    columns,
    definitions,
    derived,
    old_views,
    witnesses,
)
from motomind_nb.reconcile.counted import counted, write_found_rows
from motomind_nb.reconcile.definitions import FATES, schema_changes
from motomind_nb.reconcile.rows import (
    Pair,
    Sides,
    difference_findings,
    differences,
    gone_findings,
    no_differences,
    read_sides,
    readable_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "reconcile/checks"
CARRIED_BACK = f"{FOLDER}/carried_back"
SAMPLE = 20  # rows of each difference that are told one by one
Queries = Iterable[sql.Composed]


def no_queries() -> Queries:
    """Return nothing: a check whose rows stand in a file of their own, or in none."""
    return ()


@dataclass(frozen=True)
class Check:
    """A check: its name, how its findings are told, the queries that list what they count."""

    name: str
    tell: Callable[[], Iterable[Finding]]
    listing: Callable[[], Queries] = no_queries


@dataclass(frozen=True)
class Loaded:
    """What is known of the load that is compared.

    ``notes``: its own, where of all that it read and noted only the staged tables can have changed
    since. ``has_feed``: whether the timeline feed is there yet; else it is left out.
    """

    notes: Notes = field(default_factory=Notes)
    has_feed: bool = True


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
    with connection.transaction():
        stand = balance.loaded_by_source(connection)
        ledger = balance.ledger(connection, before, stand)
        readable = readable_pairs(connection)
        targets = balance.target_ledger(connection, stand, readable)
        read = partial(witnesses.check_staged_fingerprints, connection, before)
        staged = findings_or_gone(connection, "staged", read)
        known = _still_known(loaded or Loaded(), staged)
        sides = read_sides(connection, known.notes.projected, readable)
        differing = tuple(item.pair for item in sides if not (item.same or item.type_faults))
        read_all = partial(differences, connection, SAMPLE, differing)
        different = read_or_none(connection, read_all)
        tell_rows = partial(_row_findings, read_all, different, sides)
        repeated = partial(witnesses.faults_of_keys, connection, sides)
        checks = [
            Check("target table", partial(gone_findings, connection, readable)),
            Check("ledger", partial(balance.ledger_findings, ledger, targets)),
            Check("staged", lambda: staged),
            Check("keys", partial(witnesses.check_keys, connection, sides), repeated),
            Check("fingerprint", partial(witnesses.compare_fingerprints, connection, sides)),
            Check("rows", tell_rows),
            *_checks(connection, known),
        ]
        told: list[list[Finding]] = []
        for number, check in enumerate(checks, 1):
            told.append(findings_or_gone(connection, check.name, check.tell))
            tell("checks of rows", number, len(checks))
        listing = _listing(checks, told)
    if different is None:
        different = no_differences()
    found = [finding for findings in told for finding in findings]
    return RowComparison(found, ledger, targets, different, differing, listing)


def _still_known(loaded: Loaded, staged: Iterable[Finding]) -> Loaded:
    """Return what is known of the load: no notes, if a staged table is not what it was."""
    unchanged = all(item.status == "ok" for item in staged)
    return loaded if unchanged else replace(loaded, notes=Notes())


def _listing(checks: list[Check], told: list[list[Finding]]) -> tuple[sql.Composed, ...]:
    """Return the queries that list rows, of those checks only whose findings count some."""
    return tuple(
        faults
        for check, findings in zip(checks, told, strict=True)
        if any(item.rows for item in findings)
        for faults in check.listing()
    )


def _row_findings(
    read: Callable[[], pd.DataFrame], different: pd.DataFrame | None, sides: list[Sides]
) -> Iterable[Finding]:
    """Return the findings about differences; what could not be read is asked once more.

    So its error becomes the finding.
    """
    return difference_findings(read() if different is None else different, sides)


def _checks(connection: Connection, loaded: Loaded) -> list[Check]:
    """Return the checks that stand beside the comparison of rows."""
    return [
        *(_of_file(connection, name) for name in query_names(FOLDER)),
        Check(
            "quarantine rows",
            partial(witnesses.check_quarantined_rows, connection),
            witnesses.quarantine_faults,
        ),
        Check("second mapping", partial(columns.second_mapping_findings, connection)),
        Check("mapped values", partial(witnesses.check_mapped_values, connection)),
        Check("disputed", partial(witnesses.check_disputed_marks, connection, loaded.notes.judged)),
        *(
            Check(
                "views",
                partial(old_views.old_view_findings, connection, name),
                partial(old_views.old_view_faults, name),
            )
            for name in catalog.views()
        ),
        Check(
            "derived rows", partial(derived.derived_findings, connection, has_feed=loaded.has_feed)
        ),
    ]


def carried_back_findings(connection: Connection) -> list[Finding]:
    """Return what a rollback carried back and a load does not give again. Reads the source only."""
    return counted(connection, query(CARRIED_BACK))


def _of_file(connection: Connection, name: str) -> Check:
    """Return the check that one query states."""
    faults = query(name)
    word = name.rpartition("/")[2].replace("_", " ")
    tell = partial(counted, connection, faults)
    # a row in quarantine has a file of its own, with its contents
    return Check(word, tell) if word == "quarantine" else Check(word, tell, lambda: [faults])


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
        return write_found_rows(connection, path, compared.listing)

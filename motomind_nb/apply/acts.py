"""What each step of an apply does: one function a step, in the caller's transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from psycopg import sql

from motomind_nb import backup, load, rebuilt, reconcile, runs, staging
from motomind_nb.apply import locking, moving, outside
from motomind_nb.apply.locking import Patience
from motomind_nb.apply.outside import Bound
from motomind_nb.apply.state import APPLIED, IN_PLACE, SOURCE_SCHEMA
from motomind_nb.backup import Manifest
from motomind_nb.core import CheckFailed, Finding
from motomind_nb.legacy import catalog
from motomind_nb.postgres import API_ROLES, Connection, query, rows, value

LEGACY, BESIDE = APPLIED.source, IN_PLACE.target
TABLES = tuple(catalog.tables())
OLD_TABLES = tuple(f"{SOURCE_SCHEMA}.{name}" for name in TABLES)


@dataclass
class Work:
    """One apply at work: its connection and choices, and what it has found so far.

    ``rebind`` names the dependents to be made anew; ``also`` is the operator's own text;
    ``source`` describes the locked database, with the rows of its tables; ``in_public`` names what
    stood in the schema before the switch; ``held_seconds`` is how long the moves themselves held
    everybody up.
    """

    connection: Connection
    run: str
    entries: Sequence[runs.Entry]
    rebind: frozenset[str]
    also: str
    patience: Patience
    source: Manifest | None = None
    bound: list[Bound] = field(default_factory=list)
    members: list[outside.Member] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    in_public: tuple[str, ...] = ()
    usage: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: load.Notes = field(default_factory=load.Notes)
    held_seconds: float = 0.0


def lock_out_writers(work: Work) -> None:
    """Lock the 25 tables against writers; readers go on."""
    locking.lock_with_patience(work.connection, OLD_TABLES, locking.WRITERS, work.patience)


def build_beside(work: Work) -> None:
    """Make the hidden schema, the records of the migration and the bare tables."""
    connection = work.connection
    moving.make_closed_schema(connection, BESIDE)
    rebuilt.create_audit(connection)
    connection.execute(query("apply/clear_audit"))
    assert work.source is not None
    work.source = backup.count_rows(connection, work.source)
    staging.record_source(connection, work.source)
    rebuilt.create_tables(connection, load.event_years(connection))


def load_rows(work: Work) -> None:
    """Load every row by the projections of the rehearsal."""
    work.findings += load.load_staged_rows(work.connection, notes=work.notes)


def add_keys(work: Work) -> None:
    """Add keys, indexes and views; fill the timeline."""
    rebuilt.add_keys(work.connection)


def take_statistics(work: Work) -> None:
    """Take statistics of the loaded tables."""
    names = dict.fromkeys(item.target for item in load.projections())
    loaded = [(BESIDE if home == SOURCE_SCHEMA else home, name) for home, name in names]
    listed = [
        *loaded,
        ("private", "event_source"),
        ("private", "timeline"),
        ("audit", "quarantine"),
    ]
    tables = sql.SQL(", ").join(sql.Identifier(*name) for name in listed)
    work.connection.execute(query("apply/analyze", tables=tables))


def compare_with_source(work: Work) -> None:
    """Compare rows, values and mileage of both sides; locks of what is read are given back.

    Raises: CheckFailed when something differs and nobody accepted it.
    """
    from motomind_nb import mileage

    connection = work.connection
    assert work.source is not None
    with connection.transaction(force_rollback=True):
        compared = reconcile.compare_rows(
            connection, work.source, loaded=reconcile.Loaded(work.notes, has_feed=False)
        )
        audited = mileage.audit(connection, work.run, mileage.Rules())
    work.findings += [*compared.findings, *audited.findings]
    require_accepted(work)


def require_accepted(work: Work) -> None:
    """Go on only if each failure so far is accepted. Raises: CheckFailed, naming the first."""
    judged = runs.judge_findings(work.findings, work.entries, datetime.now(UTC).date())
    failed = [item for item, accepted in judged if item.status == "fail" and accepted is None]
    if failed:
        first = failed[0]
        raise CheckFailed(
            f"{first.check}: {first.subject}",
            first.expected,
            first.found,
            f"{len(failed)} checks failed; nothing was changed: rehearse again, then correct the"
            " source or accept it",
        )


def add_keys_from_outside(work: Work) -> None:
    """Add the foreign keys from outside over the rebuilt tables, and prove them; readers go on.

    Who writes to a table that has one waits from here on.
    """
    if not work.rebind:
        return
    connection = work.connection
    work.bound = outside.accepted_bound(connection, work.rebind, SOURCE_SCHEMA)
    if keys := outside.added_before(work.bound):
        places = outside.places(keys)
        locking.lock_with_patience(connection, places, locking.WRITERS, work.patience)
        outside.add_keys_beside(connection, keys, BESIDE)


def switch(work: Work) -> None:
    """Move the old objects away and the rebuilt tables into their place, under a short lock.

    Whatever can be looked at or composed before the lock is: everybody waits from the lock on.
    """
    connection = work.connection
    _note_what_moves(work)
    moving.make_closed_schema(connection, LEGACY)
    moves = moving.moves_of_switch(connection, IN_PLACE, LEGACY)
    tables = [*OLD_TABLES, *outside.places(work.bound)]

    def move() -> None:
        locking.lock_tables(connection, tables, locking.EVERYBODY)
        locked = time.monotonic()
        locking.limit_later_locks(connection)
        connection.execute(moves)
        work.held_seconds = time.monotonic() - locked

    locking.with_patience(connection, tables, move, work.patience)
    connection.schemas = APPLIED


def _note_what_moves(work: Work) -> None:
    """Note what the switch moves and leaves where it is. Reads the catalog only."""
    connection = work.connection
    work.ids = moving.ids_of_moved(connection, SOURCE_SCHEMA)
    work.usage = moving.roles_named_in_public(connection)
    work.members = outside.published(connection, SOURCE_SCHEMA)
    if work.rebind:
        now = outside.accepted_bound(connection, work.rebind, SOURCE_SCHEMA)
        outside.refuse_changed(work.bound, now)
    connection.schemas = APPLIED
    try:
        work.in_public = rebuilt.objects_in_target(connection)
    finally:
        connection.schemas = IN_PLACE


def add_rules(work: Work) -> None:
    """Add triggers, policies, grants, the feed and jobs."""
    rebuilt.add_rules(work.connection)


def bind_from_outside(work: Work) -> None:
    """Make the accepted dependents anew, and let the rebuilt tables be published."""
    outside.rebind_after_switch(work.connection, work.bound, SOURCE_SCHEMA)
    outside.move_publications(work.connection, work.members, LEGACY, SOURCE_SCHEMA)


def execute_also(work: Work) -> None:
    """Execute the operator's own statements; what is moved and rebuilt must stay as it is.

    Raises: Refused, with what the server said of them, or naming what they changed.
    """
    if work.also:
        assert work.source is not None
        outside.execute_unchanging(work.connection, work.also, work.source)


def prove_beside(work: Work) -> None:
    """Try every promise on what was built; what was tried, and the rules, are undone.

    After the switch the rules are added again over the final names, and compared with the package
    text by text: what holds here holds there, and nobody waits for the trying.
    Raises: CheckFailed when something does not hold and nobody accepted it.
    """
    connection = work.connection
    with connection.transaction(force_rollback=True):
        rebuilt.add_rules(connection)
        # schema public is still the old one, and open
        still_open = f"{SOURCE_SCHEMA} "
        work.findings += [
            item
            for item in rebuilt.check_schema(connection)
            if not item.subject.startswith(still_open)
        ]
        work.findings += rebuilt.proof_findings(rebuilt.run_proofs(connection))
        surrounding = rebuilt.capture_environment(connection)
        work.findings += rebuilt.opening_findings(surrounding)
    require_accepted(work)


def compare_with_package(work: Work) -> None:
    """Compare what stands now with the package, text by text; no legacy row may have been written.

    Raises: CheckFailed when something differs and nobody accepted it.
    """
    connection = work.connection
    captured = rebuilt.capture_objects(connection)
    theirs = rebuilt.objects_that_stayed(work.in_public, captured)
    work.findings += rebuilt.fresh_build_findings(replace(captured, theirs=theirs))
    work.findings += _closed(connection)
    written = value(connection, query("apply/writes_in_source"), {"tables": list(TABLES)})
    status, said = "ok" if written == 0 else "fail", f"{written:,} rows written"
    work.findings.append(Finding("legacy rows", "schema legacy", "0 rows written", said, status))
    require_accepted(work)


def _closed(connection: Connection) -> list[Finding]:
    """Return a failure for each role of the API that can still name the old objects."""
    values = {"roles": list(API_ROLES)}
    found = [row["role"] for row in rows(connection, query("apply/switch/open_to"), values)]
    return [
        Finding("legacy closed", f"schema {LEGACY}", "no USAGE", f"USAGE of {role}", "fail")
        for role in found
    ] or [Finding("legacy closed", f"schema {LEGACY}", "no USAGE", "no USAGE", "ok")]

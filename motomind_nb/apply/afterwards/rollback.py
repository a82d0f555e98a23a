"""An apply taken back: the old objects stand where they stood, and nothing is lost unseen.

What was written since is what the projections of legacy do not give: no time stamp is trusted. It
is carried back through the reverse projections, or exported with checksums and discarded, as the
operator says; without a word nothing happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motomind_nb.apply import locking, moving, outside
from motomind_nb.apply.afterwards import built, carrying_back
from motomind_nb.apply.afterwards.written import note_written
from motomind_nb.apply.finishing import commit
from motomind_nb.apply.locking import Patience
from motomind_nb.apply.state import APPLIED, DONE, SOURCE_SCHEMA, Application, require_state
from motomind_nb.core import CheckFailed, Refused, rows_counted
from motomind_nb.postgres import Connection, connect, query, rows, value

LEGACY = APPLIED.source


@dataclass(frozen=True)
class Undo:
    """What a rollback would find and do.

    ``written`` are rows by (table, kind: new, changed, gone); ``homeless`` rows by column that the
    old schema lacks; ``statements`` in order.
    """

    database: str
    application: str
    written: dict[tuple[str, str], int]
    homeless: dict[str, int]
    statements: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows were written since: the number that --discard names."""
        return sum(self.written.values())

    def facts(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "database": self.database,
            "application": self.application,
            "rows_written_since": self.rows,
            "written": [
                {"table": table, "kind": kind, "rows": number}
                for (table, kind), number in self.written.items()
            ],
            "without_a_home": self.homeless,
            "statements": list(self.statements),
        }


@dataclass(frozen=True)
class Way:
    """What becomes of rows written since: carried back, discarded (their number), or nothing yet.

    ``folder`` gets what is discarded.
    """

    folder: Path
    carry: bool = False
    discard: int | None = None


@dataclass
class Undone:
    """What a rollback did: the plan, and the rows carried back or exported."""

    plan: Undo
    carried: int = 0
    exported: dict[str, int] = field(default_factory=dict)


def plan_rollback(connection: Connection) -> Undo:
    """Return what a rollback would find and do. Reads only; call it inside a transaction."""
    application = require_state(connection, DONE).application
    assert application is not None
    with connection.transaction(force_rollback=True):
        return _planned(connection, application)


def _planned(connection: Connection, application: Application) -> Undo:
    """Note what was written since, and return what a rollback would find and do.

    Writes: a temporary table.
    """
    written = note_written(connection)
    homeless = rows(connection, query("apply/rollback/homeless"))
    return Undo(
        connection.info.dbname,
        application.id,
        written,
        {row["column_name"]: int(row["rows"]) for row in homeless},
        tuple(_statements(connection, application)),
    )


def _statements(connection: Connection, application: Application) -> list[str]:
    """Return the texts of what a rollback sends."""
    return [
        *(
            item.as_string(connection).strip()
            for item in built.dropping(built.still_there(connection, application))
        ),
        *(
            item.as_string(connection).strip()
            for item in moving.legacy_moves(connection, LEGACY, SOURCE_SCHEMA)
        ),
        query("apply/switch/drop_schema", schema=LEGACY).as_string(connection).strip(),
    ]


def roll_back(conninfo: str, way: Way, patience: Patience) -> Undone:
    """Take the newest apply back in one transaction; return what became of rows written since.

    Writes: the database, all or nothing; with ``discard`` the rows as CSV into the folder first.
    Raises: Refused (exit 3), CheckFailed (1), MotomindError (2): nothing has changed.
    """
    with connect(conninfo) as connection:
        transaction = str(value(connection, query("apply/transaction_id")))
        locking.take_advisory_lock(connection)
        application = require_state(connection, DONE).application
        assert application is not None
        _lock(connection, application, patience)
        built.refuse_new_columns(connection, application)
        plan = _planned(connection, application)
        undone = Undone(plan)
        _settle(connection, plan, way, undone)
        with locking.refuse_when_others_stop_it():
            _go_back(connection, application)
        commit(connection, conninfo, transaction)
        return undone


def _lock(connection: Connection, application: Application, patience: Patience) -> None:
    """Lock the rebuilt and the old tables, and what is bound back, against everybody."""
    made = built.still_there(connection, application)
    tables = [
        *(row["object"] for row in made if row["place"] == built.TABLE),
        *moving.legacy_tables(connection, LEGACY),
        *outside.places(outside.bound_in_facts(application.before)),
    ]
    locking.lock_with_patience(connection, tables, locking.EVERYBODY, patience)


def _settle(connection: Connection, plan: Undo, way: Way, undone: Undone) -> None:
    """Carry or export what was written since, as the operator said. Raises: Refused."""
    if not plan.rows:
        return
    if way.carry:
        undone.carried = carrying_back.carry_rows(connection, plan.written)
        return
    if way.discard == plan.rows:
        undone.exported = carrying_back.export_rows(connection, plan.written, way.folder)
        return
    told = ", ".join(
        f"{table}: {number:,} {kind}" for (table, kind), number in plan.written.items()
    )
    said = "" if way.discard is None else f" (--discard {way.discard} is another number)"
    raise Refused(
        "rollback",
        "no row written since the apply",
        f"{rows_counted(plan.rows)} ({told}){said}",
        f"carry them back with --carry, or export and discard them with --discard {plan.rows}",
    )


def _go_back(connection: Connection, application: Application) -> None:
    """Drop what was built, move the old objects back and bind what hangs on them. Never commits.

    Raises: Refused when something of somebody else's hangs on what was built; CheckFailed when an
    object is not the one that was moved away.
    """
    members = outside.members_in_facts(application.before)
    for member in members:
        connection.execute(outside.member_statement("unpublish", member, SOURCE_SCHEMA))
    outside.rebind(connection, outside.bound_in_facts(application.before), LEGACY)
    _drop_built(connection, application)
    _move_back(connection)
    for member in members:
        connection.execute(outside.member_statement("publish", member, SOURCE_SCHEMA))
    moving.take_named_usage_back(connection, application.before["usage"])
    if moving.ids_of_moved(connection, SOURCE_SCHEMA) != application.before["ids"]:
        raise CheckFailed(
            "legacy objects",
            "those that were moved away",
            "others of the same names",
            "nothing was changed: see what was made in schema legacy since",
        )
    connection.execute(query("apply/rollback/note_undone"), {"id": application.id})
    connection.execute(query("apply/rollback/reload_api"))


def _drop_built(connection: Connection, application: Application) -> None:
    """Drop what was built and its jobs. Raises: Refused when something else hangs on it."""
    if value(connection, query("rebuilt/capture/has_cron")):
        for row in rows(connection, query("apply/rollback/scheduled")):
            connection.execute(query("apply/rollback/unschedule"), row)
    with built.refuse_what_is_in_the_way(
        "rollback", "nothing of anybody else's on the rebuilt objects"
    ):
        built.drop(connection, built.still_there(connection, application), "private")


def _move_back(connection: Connection) -> None:
    """Move the old objects back and drop schema legacy. Raises: Refused when it is in the way."""
    with built.refuse_what_is_in_the_way(
        "rollback", "nothing of anybody else's in schema legacy, or in public under an old name"
    ):
        for statement in moving.legacy_moves(connection, LEGACY, SOURCE_SCHEMA):
            connection.execute(statement)
        connection.execute(query("apply/switch/drop_schema", schema=LEGACY))

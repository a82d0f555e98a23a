"""The old schema let go: after a person's sign-off, and with a verified backup that equals it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from motomind_nb import backup
from motomind_nb.apply import locking, moving
from motomind_nb.apply.afterwards import built
from motomind_nb.apply.finishing import commit
from motomind_nb.apply.locking import Patience
from motomind_nb.apply.state import APPLIED, DONE, Application, require_state
from motomind_nb.backup import Manifest
from motomind_nb.core import MotomindError, Refused, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.postgres import (
    Connection,
    connect,
    fingerprint,
    in_source,
    query,
    rows,
    value,
)


@dataclass(frozen=True)
class Retirement:
    """Who lets the old schema go, why, and the folder of the backup that is its only copy then."""

    by: str
    reason: str
    backup: Path


def retire(conninfo: str, wanted: Retirement, patience: Patience) -> dict[str, int]:
    """Drop the 35 objects and the 15 functions of schema legacy; return how many of each kind went.

    Writes: drops schema legacy, audit.application; all or nothing.
    Raises: Refused when the backup is damaged, older than the apply or not equal to legacy, or when
    something of anybody else's hangs on legacy; MotomindError without a name or a reason.
    """
    _refuse_without_words(wanted)
    held = backup.verify_backup(wanted.backup)
    with connect(conninfo) as connection:
        transaction = str(value(connection, query("apply/transaction_id")))
        locking.take_advisory_lock(connection)
        application = require_state(connection, DONE).application
        assert application is not None
        _refuse_older(held, application)
        tables = moving.legacy_tables(connection, APPLIED.source)
        locking.lock_with_patience(connection, tables, locking.EVERYBODY, patience)
        _refuse_other_rows(connection, held)
        with locking.refuse_when_others_stop_it():
            dropped = _drop(connection)
        values = {"id": application.id, "by": wanted.by, "reason": wanted.reason}
        connection.execute(query("apply/retire/note_retired"), values)
        commit(connection, conninfo, transaction)
        return dropped


def _refuse_without_words(wanted: Retirement) -> None:
    """Raise MotomindError unless a person says who lets it go, and why."""
    for option, text in (("--by", wanted.by), ("--reason", wanted.reason)):
        if not text.strip():
            raise MotomindError(option, "a text", repr(text), "say who signs off, and why")


def _refuse_older(held: Manifest, application: Application) -> None:
    """Raise Refused when the backup was taken before the apply."""
    if held.source.get("database") != application.identity:
        raise Refused(
            "backup",
            f"one of this database ({application.identity})",
            held.source.get("database", "one that does not say of which"),
            "take one now: motomind backup --source env:VARIABLE",
        )
    taken = datetime.fromisoformat(held.source["taken_at"].replace("Z", "+00:00"))
    # of the second of the apply itself only the schema tells: before it the objects stood in public
    if held.schema != APPLIED.source or taken < application.applied_at.replace(microsecond=0):
        raise Refused(
            "backup",
            f"one taken after the apply of {application.applied_at:%Y-%m-%d %H:%M:%S} UTC",
            f"one of {taken:%Y-%m-%d %H:%M:%S} UTC",
            "take one now: motomind backup --source env:VARIABLE",
        )


def _refuse_other_rows(connection: Connection, held: Manifest) -> None:
    """Raise Refused, naming them, when tables of legacy do not equal the backup row by row."""
    wrong = []
    for item in held.tables():
        number, mark = fingerprint(connection, in_source(item.name), item.columns)
        if (number, mark) != (item.rows, item.fingerprint):
            wrong.append(
                f"{item.name}: {rows_counted(number)}, backup {rows_counted(item.rows or 0)}"
            )
    wrong += [f"{name}: not in the backup" for name in catalog.tables() if name in held.absent()]
    if wrong:
        raise Refused(
            "backup",
            "every row of schema legacy, to the last byte",
            "; ".join(wrong),
            "take one now: motomind backup --source env:VARIABLE",
        )


def _drop(connection: Connection) -> dict[str, int]:
    """Drop what is legacy's by name, without CASCADE; return how many of each kind.

    Raises: Refused.
    """
    schema = APPLIED.source
    values = {
        "schema": schema,
        "names": list(catalog.objects()),
        "signatures": moving.function_signatures(),
    }
    statement = query("apply/retire/legacy_objects", functions=query("apply/parts/functions"))
    found = rows(connection, statement, values)
    with built.refuse_what_is_in_the_way(
        "schema legacy", "nothing of anybody else's on it or in it"
    ):
        built.drop(connection, found, schema)
    return dict(Counter(row["told"] for row in found))

"""Locks that nobody has to wait for: short tries, given back at once, and who stands in the way.

A lock that waits stops everybody who comes after it. So each try ends before a second is over,
gives back what it got, and pauses. What others wait for us began after the try did, and the server
looks for deadlocks only after deadlock_timeout: a try ends after half of it, and a lock that is
needed later is waited for a tenth of it, so that no other transaction is the victim.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import psycopg
from psycopg import sql

from motomind_nb.core import Refused, as_one_line
from motomind_nb.postgres import Connection, query, rows, value

TRY_MILLISECONDS, TRY_SHARE = 800, 0.5  # the share is of deadlock_timeout, 1 s by default
LATER_MILLISECONDS, LATER_SHARE = 100, 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0  # seconds between two tries; the pause doubles
FAILED = (
    psycopg.errors.QueryCanceled,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
)
WRITERS, EVERYBODY = "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE"
Say = Callable[[str], None]


@dataclass
class Patience:
    """How long to try for locks, in seconds, whom to tell, and how many tries failed so far."""

    seconds: float
    say: Say
    failed: list[str] = field(default_factory=list)


def take_advisory_lock(connection: Connection) -> None:
    """Make sure that nobody else applies, takes back or retires here until the transaction ends.

    Raises: Refused.
    """
    if not value(connection, query("apply/try_advisory_lock")):
        raise Refused(
            "database", "no other apply, rollback or retire", "one that runs", "wait until it ends"
        )


def lock_with_patience(
    connection: Connection, tables: Sequence[str], mode: str, patience: Patience
) -> None:
    """Lock tables, all or none, as soon as nobody stands in the way. Raises: Refused."""
    lock = partial(lock_tables, connection, tables, mode)
    with_patience(connection, tables, lock, patience)


def lock_tables(connection: Connection, tables: Sequence[str], mode: str) -> None:
    """Lock tables, all or none, named as SQL names them, with their schema.

    Call it in a savepoint that is given up when it fails.
    """
    listed = sql.SQL(", ").join(map(sql.SQL, tables))
    connection.execute(query("apply/lock_tables", tables=listed, mode=sql.SQL(mode)))


def with_patience(
    connection: Connection,
    tables: Sequence[str],
    act: Callable[[], None],
    patience: Patience,
) -> None:
    """Do what needs locks on tables, try by try, each in a savepoint of its own.

    Raises: Refused, naming who holds the locks, when no try succeeds in time; nothing has changed.
    """
    end, pause = time.monotonic() + patience.seconds, FIRST_PAUSE
    while True:
        try:
            with connection.transaction():
                _limit_try(connection)
                act()
                limit_later_locks(connection)
            return
        except FAILED:
            blockers = _blockers(connection, tables)
            patience.failed.append(blockers)
        if time.monotonic() + pause > end:
            raise Refused(
                "locks",
                f"the tables for a moment within {patience.seconds:g} s",
                blockers,
                "end what holds them, wait longer with --wait-for-lock, or come back later",
            )
        patience.say(f"waiting for locks, try {len(patience.failed)}: {blockers}")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _limit_try(connection: Connection) -> None:
    """Bound each statement of a try for locks, whatever it waits for."""
    values = {"longest": TRY_MILLISECONDS, "share": TRY_SHARE, "is_try": True}
    connection.execute(query("apply/limit_statement"), values)


def limit_later_locks(connection: Connection) -> None:
    """Let statements take their time from now on, and wait for a lock only for a moment."""
    values = {"longest": LATER_MILLISECONDS, "share": LATER_SHARE, "is_try": False}
    connection.execute(query("apply/limit_statement"), values)


def _blockers(connection: Connection, tables: Sequence[str]) -> str:
    """Return who holds locks on the tables, in words."""
    found = rows(connection, query("apply/blockers"), {"tables": list(tables)})
    told = [
        f"session {row['pid']} of {row['role']} ({row['program'] or 'no name'}, {row['state']}"
        f" for {row['since']})" + ("" if row["may_end"] else ", which this role may not end")
        for row in found
    ]
    return "; ".join(told) or "somebody who is gone again"


@contextmanager
def refuse_when_others_stop_it() -> Iterator[None]:
    """Turn a lock that nobody gives in time, or an event trigger's error, into a refusal.

    Raises: Refused.
    """
    try:
        yield
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected) as error:
        raise Refused(
            "locks",
            "what hangs on the tables free for a moment",
            str(error.diag.message_primary),
            "see who holds it; nothing was changed: run it again",
        ) from error
    except psycopg.errors.RaiseException as error:
        raise Refused(
            "statement of the migration",
            "no event trigger or function of yours that stops it",
            as_one_line(f"{error.diag.message_primary} ({error.diag.context})"),
            "let it pass these statements, or disable it meanwhile; nothing was changed",
        ) from error

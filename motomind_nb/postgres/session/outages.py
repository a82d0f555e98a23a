"""What an error of the server means: an outage, an object that is gone, or a fault of ours.

SQLSTATE says it, whose first two letters are the class; the words differ with the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import psycopg

from motomind_nb.core import CheckFailed, Finding, MotomindError, as_one_line
from motomind_nb.postgres.session.secrets import mask_secrets

# class of SQLSTATE -> what was expected, what to do
OUTAGES = {
    "08": ("a connection that lasts", "look at the server and the network, then run it again"),
    "53": ("a server with room to work", "look at its disk, memory and connections"),
    "57": ("a server that goes on", "see who stopped or cancelled it, then run it again"),
    "58": ("a server whose files can be read and written", "look at its log and its disk"),
    "40": ("a transaction that nobody else stops", "run it again when the others have ended"),
    "XX": ("a sound server", "look at its log: it reports damage or a fault of its own"),
}
# a schema, relation, column, type, function or role that is not there, or is of another kind
GONE = (
    psycopg.errors.InvalidSchemaName,
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.UndefinedObject,
    psycopg.errors.WrongObjectType,
    psycopg.errors.DatatypeMismatch,
)
T = TypeVar("T")
NAMED = re.compile(r'"([^"]+)"|\b(\w+\.\w+)\b')


def is_outage(error: psycopg.Error) -> bool:
    """Return whether a statement was stopped, by a time limit or a lock too, and not answered."""
    state = error.sqlstate or "08006"
    return state[:2] in OUTAGES or isinstance(error, psycopg.errors.LockNotAvailable)


def error_of_server(error: psycopg.Error) -> MotomindError:
    """Return what an error of the server means for the run, as one line without secrets.

    CheckFailed (exit code 1) where an object is gone, MotomindError (exit code 2) otherwise.
    """
    said = _said(error)
    if isinstance(error, GONE):
        return CheckFailed(
            _named(said), "an object as the rebuild made it", said, "restore the target, or rebuild"
        )
    state = error.sqlstate or ("08006" if isinstance(error, psycopg.OperationalError) else "")
    expected, action = OUTAGES.get(state[:2], ("statements that it takes", "report it as a bug"))
    return MotomindError("database server", expected, f"{said} ({state or 'no code'})", action)


def findings_or_gone(
    connection: psycopg.Connection[Any], check: str, told: Callable[[], Iterable[Finding]]
) -> list[Finding]:
    """Return the findings of a check; one failure where an object that it reads is gone.

    What failed is set aside by a savepoint, so that the checks after it still run.
    """
    try:
        with connection.transaction():
            return list(told())
    except GONE as error:
        said = _said(error)
        return [
            Finding(
                check,
                _named(said),
                "an object as the rebuild made it",
                said,
                "fail",
                "this check could not run; the others did",
            )
        ]


def read_or_none(
    connection: psycopg.Connection[Any],
    read: Callable[[], T],
    errors: tuple[type[psycopg.Error], ...] = GONE,
) -> T | None:
    """Return what is read, None on some errors; the transaction goes on.

    Without ``errors`` those of an object that is gone.
    """
    try:
        with connection.transaction():
            return read()
    except errors:
        return None


def _said(error: psycopg.Error) -> str:
    """Return the server's own words on one line, without secrets."""
    return as_one_line(mask_secrets(error.diag.message_primary or error), 400)


def _named(said: str) -> str:
    """Return the object that a message names."""
    found = NAMED.search(said)
    return (found[1] or found[2]) if found else "target"

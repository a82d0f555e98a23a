"""What an error of the server means: an outage, an object that is gone, or a fault of ours.

SQLSTATE says it, whose first two letters are the class; the words differ with the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import psycopg

from motomind_nb.core import CheckFailed, Finding, MotomindError, UnforeseenError, as_one_line
from motomind_nb.postgres.session.secrets import mask_secrets

# SQLSTATE, or its class -> what was expected, what to do
OUTAGES = {
    "08": ("a connection that lasts", "look at the server and the network, then run it again"),
    "53": ("a server with room to work", "look at its disk, memory and connections"),
    "57": ("a server that goes on", "see who stopped or cancelled it, then run it again"),
    "54": ("values that an index and a row have room for", "shorten the longest in the source"),
    "58": ("a server whose files can be read and written", "look at its log and its disk"),
    "40": ("a transaction that nobody else stops", "run it again when the others have ended"),
    "XX": ("a sound server", "look at its log: it reports damage or a fault of its own"),
    "25006": ("a database that takes writes", "name the primary server, not one that only reads"),
    "42501": ("the right to do this", "grant it to this role, or connect as the owner"),
    "55006": ("an object that nobody else uses", "run it again when the others have ended"),
    "55P03": ("a lock within ten seconds", "see who holds it, then run it again"),
}
# classes in which nothing is said of rows, rights or objects: the server itself is the trouble
OF_THE_SERVER = ("08", "53", "57", "58", "40", "XX")
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


def error_of_server(error: psycopg.Error) -> MotomindError:
    """Return what an error of the server means for the run, as one line without secrets.

    CheckFailed (exit code 1) where an object is gone, MotomindError (exit code 2) for an outage,
    UnforeseenError (exit code 2) otherwise.
    """
    said = _said(error)
    if isinstance(error, GONE):
        return CheckFailed(
            _named(said), "an object as the rebuild made it", said, "restore the target, or rebuild"
        )
    state = _state(error)
    found = f"{said} ({state or 'no code'})"
    if known := OUTAGES.get(state) or OUTAGES.get(state[:2]):
        expected, action = known
        return MotomindError("database server", expected, found, action)
    return UnforeseenError(
        "database server", "statements that it takes", found, "report it as a bug"
    )


def raise_outage(error: psycopg.Error) -> None:
    """Raise what an outage means for the run; do nothing for every other error.

    Called first wherever an error of a statement becomes a refusal, a finding or an answer.
    Raises: MotomindError.
    """
    if _state(error)[:2] in OF_THE_SERVER:
        raise error_of_server(error) from error


def _state(error: psycopg.Error) -> str:
    """Return the SQLSTATE of an error, that of a lost connection where the server sent none."""
    return error.sqlstate or ("08006" if isinstance(error, psycopg.OperationalError) else "")


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
    Raises: MotomindError for an outage, whatever ``errors`` are.
    """
    try:
        with connection.transaction():
            return read()
    except errors as error:
        raise_outage(error)
        return None


def _said(error: psycopg.Error) -> str:
    """Return the server's own words on one line, without secrets."""
    return as_one_line(mask_secrets(error.diag.message_primary or error), 400)


def _named(said: str) -> str:
    """Return the object that a message names."""
    found = NAMED.search(said)
    return (found[1] or found[2]) if found else "target"

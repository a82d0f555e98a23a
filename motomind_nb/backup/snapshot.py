"""Connections that see one snapshot of the source, whose tables nobody can rewrite meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg import sql as composing

from motomind_nb import catalog, database, manifest, sql
from motomind_nb.database import Connection, Row
from motomind_nb.errors import MotomindError, Refused

SCHEMA = "public"


@contextmanager
def snapshots(source_conninfo: str, number: int) -> Iterator[tuple[list[Connection], set[str]]]:
    """Give connections to the source whose read-only transactions see the same snapshot.

    With them come the names of the tables that nobody can rewrite until they close.
    """
    connections = [database.connect(source_conninfo)]
    try:
        first = connections[0]
        locked = _lock(first)
        _begin(first)
        _refuse_encoding(first)
        shared = database.value(first, sql.query("backup/export_snapshot"))
        for _ in range(number - 1):
            connections.append(database.connect(source_conninfo))
            _read_only(connections[-1])
            _begin(connections[-1], shared)
        yield connections, locked
    finally:
        for connection in connections:
            connection.close()


def _lock(connection: Connection) -> set[str]:
    """Begin a read-only transaction by locking the tables against rewriting; return their names.

    The lock comes first: a snapshot that is older would not see what was rewritten in between.
    Raises: MotomindError when somebody rewrites one just now.
    """
    found = manifest.relations(connection, SCHEMA)
    connection.rollback()
    _read_only(connection)
    names = {name for name, row in _tables(found).items() if row["readable"]}
    if names:
        tables = composing.SQL(", ").join(
            composing.Identifier(SCHEMA, name) for name in sorted(names)
        )
        try:
            connection.execute(sql.query("backup/lock", tables=tables))
        except (errors.LockNotAvailable, errors.UndefinedTable) as error:
            raise _changing(str(error.diag.message_primary)) from error
    return names


def refuse_unlocked(found: dict[str, Row], locked: set[str]) -> None:
    """Raise MotomindError when a table appeared between the lock and the snapshot."""
    new = sorted(_tables(found).keys() - locked)
    if new:
        raise _changing(f"{', '.join(new)} made just now")


def _tables(found: dict[str, Row]) -> dict[str, Row]:
    """Return the tables of the catalog among the relations of a schema."""
    return {name: row for name, row in found.items()
            if row["kind"] == "table" and name in catalog.tables()}  # fmt: skip


def _changing(found: str) -> MotomindError:
    """Return the error for a source whose schema somebody changes."""
    return MotomindError(
        "source", "tables that nobody changes or makes during the backup", found,
        "wait until the change is done, then take the backup again",
    )  # fmt: skip


def _read_only(connection: Connection) -> None:
    """Make the transactions of a connection read only, on one snapshot each."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True


def _begin(connection: Connection, shared: str | None = None) -> None:
    """Settle how a read-only transaction reads, on a shared snapshot if there is one."""
    if shared is not None:
        literal = composing.Literal(shared)
        connection.execute(sql.query("backup/import_snapshot", snapshot=literal))
    connection.execute(sql.query("backup/begin"))


def _refuse_encoding(connection: Connection) -> None:
    """Raise Refused for a server or an encoding that fingerprints can't be compared with."""
    database.version(connection)
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Refused(
            "source", "a database in UTF8", f"one in {encoding}", "convert it to UTF8 first"
        )

"""Connections that see one snapshot of the source, whose tables nobody can rewrite meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import errors, sql

from motomind_nb import postgres
from motomind_nb.backup.taking.place import PUBLIC, find_schema
from motomind_nb.core import MotomindError, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Row, query


@dataclass(frozen=True)
class Snapshot:
    """Connections whose read-only transactions see the same snapshot, and its name.

    ``schema`` is where the 35 objects stand; ``locked`` are the names of the tables there that
    nobody can rewrite until the connections close.
    """

    connections: list[Connection]
    name: str
    schema: str
    locked: set[str]


@contextmanager
def open_shared_snapshot(
    source_conninfo: str, number: int, *, applied: bool = False
) -> Iterator[Snapshot]:
    """Give connections to the source that see the same snapshot.

    With ``applied`` the source may be a database whose 35 objects were moved to schema legacy.
    """
    connections = [postgres.connect(source_conninfo)]
    try:
        first = connections[0]
        schema = find_schema(first) if applied else PUBLIC
        locked = _lock(first, schema)
        _begin(first)
        _refuse_encoding(first)
        shared = postgres.export_snapshot(first)
        for _ in range(number - 1):
            connections.append(join_snapshot(source_conninfo, shared))
            # at once: a rewrite that waits for the first connection would stand before a later lock
            _lock_tables(connections[-1], schema, locked)
        yield Snapshot(connections, shared, schema, locked)
    finally:
        for connection in connections:
            connection.close()


def join_snapshot(conninfo: str, name: str) -> Connection:
    """Return a connection whose read-only transaction sees another's snapshot."""
    connection = postgres.connect(conninfo)
    try:
        _read_only(connection)
        _begin(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _lock(connection: Connection, schema: str) -> set[str]:
    """Begin a read-only transaction by locking the tables against rewriting; return their names.

    The lock comes first: a snapshot that is older would not see what was rewritten in between.
    Raises: MotomindError when somebody rewrites one just now.
    """
    found = postgres.relations(connection, schema)
    connection.rollback()
    _read_only(connection)
    names = {name for name, row in _tables(found).items() if row["readable"]}
    _lock_tables(connection, schema, names)
    return names


def _lock_tables(connection: Connection, schema: str, names: set[str]) -> None:
    """Lock tables against rewriting until the transaction ends.

    Raises: MotomindError when somebody rewrites one just now.
    """
    if not names:
        return
    tables = sql.SQL(", ").join(sql.Identifier(schema, name) for name in sorted(names))
    try:
        connection.execute(query("backup/lock", tables=tables))
    except (errors.LockNotAvailable, errors.UndefinedTable) as error:
        raise _changing(str(error.diag.message_primary)) from error


def refuse_unlocked(found: dict[str, Row], locked: set[str]) -> None:
    """Raise MotomindError when a table appeared between the lock and the snapshot."""
    new = sorted(_tables(found).keys() - locked)
    if new:
        raise _changing(f"{', '.join(new)} made just now")


def _tables(found: dict[str, Row]) -> dict[str, Row]:
    """Return the tables of the catalog among the relations of a schema."""
    return {
        name: row
        for name, row in found.items()
        if row["kind"] == "table" and name in catalog.tables()
    }


def _changing(found: str) -> MotomindError:
    """Return the error for a source whose schema somebody changes."""
    return MotomindError(
        "source",
        "tables that nobody changes or makes during the backup",
        found,
        "wait until the change is done, then take the backup again",
    )


def _read_only(connection: Connection) -> None:
    """Make the transactions of a connection read only, on one snapshot each."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True


def _begin(connection: Connection, shared: str | None = None) -> None:
    """Settle how a read-only transaction reads, on a shared snapshot if there is one."""
    if shared is not None:
        postgres.import_snapshot(connection, shared)
    connection.execute(query("backup/begin"))


def _refuse_encoding(connection: Connection) -> None:
    """Raise Refused for a server or an encoding that fingerprints can't be compared with."""
    postgres.version(connection)
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Refused(
            "source", "a database in UTF8", f"one in {encoding}", "convert it to UTF8 first"
        )

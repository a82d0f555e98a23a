"""Connections: from the name a user gives to a pinned session, and small results as frames.

A connection string is a secret: it is read from the environment (``env:VARIABLE``) or from
libpq's own service file (``service:NAME``), never from the command line, and never printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import generators, sql
from psycopg.abc import PQGen, QueryNoTemplate
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import dict_row

from motomind_nb.core import MotomindError, Refused
from motomind_nb.postgres.queries import Query, query
from motomind_nb.postgres.schemas import Schemas
from motomind_nb.postgres.session import (
    hide_libpq_variables,
    is_embedded,
    mask_secrets,
    pin_session,
    pins_of_transaction,
    refuse_connection_string,
    refuse_other_settings,
)

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine


class Connection(psycopg.Connection[Any]):
    """A pinned session, with the two schemas that its statements are filled with.

    Each transaction begins with the pins, in the same message. ``helpers`` are other sessions of
    the same database that take a part of what is only read.
    """

    schemas = Schemas()
    pins = b""
    helpers: tuple[Connection, ...] = ()

    def _exec_command(
        self, command: QueryNoTemplate, result_format: Format = Format.TEXT
    ) -> PQGen[PGresult | None]:
        if not self.pins or command != self._get_tx_start_command():
            result: PGresult | None = yield from super()._exec_command(command, result_format)
            return result
        self._check_connection_ok()
        self.pgconn.send_query(self._get_tx_start_command() + self.pins)
        results: list[PGresult] = yield from generators.execute(self.pgconn)
        for held in results:
            if held.status != ExecStatus.COMMAND_OK:
                raise psycopg.errors.error_from_result(held)
        return results[0]


LEGACY_TO_PUBLIC = Schemas()
Values = Mapping[str, object]
Row = dict[str, Any]

SOCKET = re.compile(r' on socket "[^"]*"')


def is_database(spec: str) -> bool:
    """Return whether a SOURCE or TARGET names a database (``env:`` or ``service:``)."""
    return spec.startswith(("env:", "service:"))


def conninfo(spec: str) -> str:
    """Return libpq's connection string for ``env:VARIABLE`` or ``service:NAME``.

    Raises: MotomindError (exit code 2) for a connection string, an unset variable or an
    unknown form.
    """
    refuse_connection_string(spec)
    kind, _, name = spec.partition(":")
    if kind == "service" and name:
        return make_conninfo(service=name)
    if kind != "env" or not name:
        raise MotomindError(
            "connection", "env:VARIABLE or service:NAME", repr(spec[:60]), "name one of the two"
        )
    value = os.environ.get(name, "")
    if not value:
        raise MotomindError(
            f"env:{name}",
            "a connection string",
            "no such variable or an empty one",
            f"export {name}=... and run again",
        )
    return _parsed(name, value)


def _parsed(name: str, value: str) -> str:
    """Return a libpq connection string; SQLAlchemy's URL form is accepted too."""
    plain = re.sub(r"^postgres(ql)?\+\w+://", "postgresql://", value.strip())
    with suppress(psycopg.ProgrammingError):
        parts = conninfo_to_dict(plain)
        # a / or @ in a password that is not written as %2F or %40 moves its end to another part
        misread = "://" in plain and (
            "@" in f"{parts.get('host')}{parts.get('dbname')}"
            or not str(parts.get("port") or "0").replace(",", "").isdigit()
        )
        if not misread:
            return make_conninfo("", **parts)
    raise MotomindError(
        f"env:{name}",
        "a connection string as libpq reads it",
        "one it can't read, or reads wrongly",
        "use postgresql://user@host:port/database (in a password write %2F for / and %40 for @) or"
        " key=value pairs",
    )


def connect(
    connection_info: str, *, autocommit: bool = False, schemas: Schemas = LEGACY_TO_PUBLIC
) -> Connection:
    """Return an open connection with a pinned session.

    ``schemas`` fills the holes {source} and {target} of what is sent through it.

    Raises: MotomindError (exit code 2) when the server can't be reached.
    """
    connection = _reach(connection_info)
    connection.schemas = schemas
    try:
        pin(connection)
    except BaseException:
        connection.close()
        raise
    connection.autocommit = autocommit
    return connection


def _reach(connection_info: str) -> Connection:
    """Return an open connection in autocommit, nothing pinned yet. Raises: MotomindError."""
    try:
        with hide_libpq_variables(connection_info):
            return Connection.connect(
                connection_info,
                autocommit=True,
                connect_timeout=10,
                prepare_threshold=None,
                application_name="motomind",
            )
    except psycopg.OperationalError as error:
        raise MotomindError(
            host_and_database(connection_info),
            "a PostgreSQL server that answers",
            SOCKET.sub("", mask_secrets(error)).split("\n")[0],
            "check the address, the network and the password",
        ) from None


def pin(connection: Connection) -> None:
    """Pin the session settings that results could depend on, now and in each transaction.

    Raises: Refused when the server keeps another value of one.
    """
    pinned = pin_session(connection)
    connection.pins = b";\n" + pins_of_transaction(connection, pinned)
    with connection.transaction():
        refuse_other_settings(connection, pinned)


def host_and_database(connection_info: str) -> str:
    """Return host and database of a connection string, without user and password."""
    parts = conninfo_to_dict(connection_info)
    if parts.get("service"):
        return f"service {parts['service']}"
    host = str(parts.get("host") or "local socket")
    local = "embedded server" if is_embedded(connection_info) else "local socket"
    shown = local if host.startswith("/") else host
    return f"database {parts.get('dbname') or parts.get('user') or ''} on {shown}"


def identity(connection: Connection) -> tuple[str, ...]:
    """Return what tells one database from every other: start of the server, its id, name."""
    found = rows(connection, query("postgres/server/identity"))
    return tuple(str(value) for value in found[0].values())


def rows(connection: Connection, statement: Query, values: Values | None = None) -> list[Row]:
    """Return a small result as dicts. Reads only if the query does."""
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def value(connection: Connection, statement: Query, values: Values | None = None) -> Any:
    """Return the first column of the first row, or None without rows."""
    with connection.cursor() as cursor:
        row = cursor.execute(statement, values).fetchone()
        return None if row is None else row[0]


def frame(connection: Connection, statement: Query, values: Values | None = None) -> pd.DataFrame:
    """Return a small result as a frame with the query's columns. Numbers stay exact (object)."""
    import pandas as pd

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        columns = [column.name for column in cursor.description or ()]
        return pd.DataFrame(cursor.fetchall(), columns=columns)


def read_only_frame(
    connection_info: str, statement: sql.Composed, values: dict[str, str] | None = None
) -> pd.DataFrame:
    """Return a small result as a frame, read by pandas on a read-only connection of its own.

    The columns are the query's. Numbers stay exact (object where they are numeric).
    """
    import pandas as pd

    with engine(connection_info).connect() as connection:
        reader, text = connection.execution_options(postgresql_readonly=True), statement.as_string()
        return pd.read_sql_query(text, reader, params=values, coerce_float=False)


def engine(connection_info: str) -> Engine:
    """Return an SQLAlchemy engine over pinned psycopg connections, for pandas.read_sql."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(
        "postgresql+psycopg://", creator=lambda: connect(connection_info), poolclass=NullPool
    )


def version(connection: Connection) -> int:
    """Return the server's major version.

    Raises: Refused when it is older than 15.
    """
    major = connection.info.server_version // 10000
    if major < 15:
        raise Refused("server", "PostgreSQL 15 or newer", f"PostgreSQL {major}", "use a newer one")
    return major

"""COPY: columns of texts into a table, and where a COPY stopped."""

from __future__ import annotations

import re

import psycopg
from psycopg import sql

from motomind_nb.postgres.connection import Connection
from motomind_nb.postgres.queries import query

PLACE = re.compile(r"^COPY \S+, line (\d+)(?:, column ([^:]+))?", re.MULTILINE)
TextColumns = dict[str, list[str]]


def copy_columns(connection: Connection, table: str, columns: TextColumns) -> None:
    """Append the rows to a table of the search path. Writes: the table; the caller commits.

    Columns: by name, one text a row in COPY's text format (NULL is backslash N).
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    lines = "\n".join(map("\t".join, zip(*columns.values(), strict=True)))
    if lines:
        statement = query("postgres/copy_columns", table=table, columns=names)
        with connection.cursor().copy(statement) as stream:
            stream.write(lines + "\n")


def in_copy(error: psycopg.Error) -> tuple[int | None, str | None, str]:
    """Return line and column at which a COPY stopped (None where unknown) and the message."""
    found = PLACE.search(error.diag.context or "")
    column = found[2] if found else None
    message = error.diag.message_primary or str(error)
    return int(found[1]) if found else None, column or error.diag.column_name, message

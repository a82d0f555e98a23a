"""Columns of texts into a table, by COPY."""

from __future__ import annotations

from psycopg import sql as composing

from motomind_nb import sql
from motomind_nb.database import Connection

Columns = dict[str, list[str]]


def copy(connection: Connection, table: str, columns: Columns) -> None:
    """Append the rows to a table. Writes: the table; the caller commits.

    Columns: by name, one text a row in COPY's text format (NULL is backslash N).
    """
    names = composing.SQL(", ").join(map(composing.Identifier, columns))
    lines = "\n".join(map("\t".join, zip(*columns.values(), strict=True)))
    if lines:
        with connection.cursor().copy(
            sql.query("generate/copy", table=table, columns=names)
        ) as stream:
            stream.write(lines + "\n")

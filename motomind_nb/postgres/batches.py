"""Several small results asked for in one message: each message of its own is a wait of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psycopg import sql
from psycopg.rows import dict_row

from motomind_nb.postgres.connection import Connection, Row
from motomind_nb.postgres.queries import as_script


def rows_of_each(connection: Connection, statements: Sequence[sql.Composed]) -> Iterator[list[Row]]:
    """Yield the rows of each of several small results as dicts, asked for in one message.

    Values cannot go along. Reads only if the queries do.
    """
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(as_script(statements))
        while True:
            yield cursor.fetchall()
            if not cursor.nextset():
                return

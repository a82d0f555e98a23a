"""COPY: columns of texts into a table, blocks of rows out of one, and where a COPY stopped."""

from __future__ import annotations

import re
import selectors
from collections.abc import Callable

import psycopg
from psycopg import sql
from psycopg.pq import ExecStatus

from motomind_nb.postgres.connection import Connection
from motomind_nb.postgres.queries import query

PLACE = re.compile(r"^COPY \S+, line (\d+)(?:, column ([^:]+))?", re.MULTILINE)
BLOCK = 1 << 20
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


def copy_blocks(
    connection: Connection,
    statement: sql.Composed,
    sink: Callable[[bytearray], None],
    count: Callable[[int], None] = lambda _: None,
) -> int:
    """Give all that a COPY TO sends to ``sink``, block by block, and return the row count.

    ``count`` is called with the number of rows of each block; their sum is the row count.

    It reads below psycopg's cursor, which costs twice as much for each row. The connection must
    be in a transaction. Raises: psycopg.Error.
    """
    wire, block, held, counted = connection.pgconn, bytearray(), 0, 0
    # the extended protocol takes one statement only
    result = wire.exec_params(statement.as_bytes(connection), None)
    receive = wire.get_copy_data
    with selectors.DefaultSelector() as selector:
        selector.register(wire.socket, selectors.EVENT_READ)
        while result.status == ExecStatus.COPY_OUT:
            size, row = receive(1)
            while size > 0:
                block += row
                held += 1
                if len(block) >= BLOCK:
                    sink(block)
                    count(held)
                    block.clear()
                    counted, held = counted + held, 0
                size, row = receive(1)
            if size == 0:
                selector.select()
                wire.consume_input()
            else:
                result = wire.get_result() or result
    if result.status != ExecStatus.COMMAND_OK:
        wire.get_result()
        raise psycopg.errors.error_from_result(result)
    sink(block)
    while wire.get_result() is not None:
        pass
    rows = result.command_tuples or 0
    count(rows - counted)  # of the lines that were sent one may be a header
    return rows


def copy_error_place(error: psycopg.Error) -> tuple[int | None, str | None, str]:
    """Return line and column at which a COPY stopped (None where unknown) and the message."""
    found = PLACE.search(error.diag.context or "")
    column = found[2] if found else None
    message = error.diag.message_primary or str(error)
    return int(found[1]) if found else None, column or error.diag.column_name, message

"""Load the rows of a backup into the staged tables, by COPY, one block at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg

from motomind_nb.backup import unpacked
from motomind_nb.core import Refused, rows_counted
from motomind_nb.postgres import (
    Connection,
    Relation,
    copy_error_place,
    in_source,
    mask_secrets,
    query,
    raise_outage,
)


def load_rows(
    connection: Connection,
    folder: Path,
    item: Relation,
    count: Callable[[int], None] = lambda _: None,
) -> None:
    """Load a table's rows; ``count`` is called with the number of rows of each block.

    How many a block holds follows from its part of the table's bytes.
    Raises: Refused, naming the table and, where a row is to blame, its line and column.
    """
    statement = query("staging/copy_in", table=in_source(item.name))
    try:
        with connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                sent = counted = 0
                for block in unpacked(folder, item):
                    copy.write(block)
                    sent += len(block)
                    rows = (item.rows or 0) * sent // max(item.size or 0, sent)
                    count(rows - counted)
                    counted = rows
            loaded = cursor.rowcount
    except psycopg.Error as error:
        raise_outage(error)
        raise Refused(
            item.name,
            "rows as the table's columns want them",
            where_it_stopped(error),
            "mend the row in the source and take the backup again",
        ) from error
    if item.rows is not None and loaded != item.rows:
        # a server before 18 ends at a line that holds \. alone: said here, not by a foreign key
        raise Refused(
            item.name, rows_counted(item.rows), rows_counted(loaded), "take the backup again"
        )


def where_it_stopped(error: psycopg.Error) -> str:
    """Return what the server says of a row: the message, the line in the file and the column."""
    line, column, message = copy_error_place(error)
    return mask_secrets(
        message + (f" in line {line}" if line else "") + (f", column {column}" if column else "")
    )

"""Load the rows of a backup into the staged tables, by COPY, one block at a time."""

from __future__ import annotations

from pathlib import Path

import psycopg
import zstandard

from motomind_nb.core import Refused
from motomind_nb.postgres import (
    Connection,
    Query,
    Relation,
    in_copy,
    in_source,
    mask_secrets,
    query,
)

BLOCK = 1 << 20


def load_rows(connection: Connection, folder: Path, item: Relation) -> None:
    """Load a table's rows.

    Raises: Refused, naming the table and, where a row is to blame, its line and column.
    """
    statement = query("staging/copy_in", table=in_source(item.name))
    try:
        _copy(connection, statement, folder / str(item.file))
    except (psycopg.Error, zstandard.ZstdError) as error:
        raise Refused(
            item.name,
            "rows as the table's own rules want them",
            where_it_stopped(error),
            "mend the row in the source and take the backup again",
        ) from error


def _copy(connection: Connection, statement: Query, path: Path) -> None:
    """Stream a compressed file into a COPY statement."""
    with path.open("rb") as file, connection.cursor() as cursor:
        rows = zstandard.ZstdDecompressor().stream_reader(file)
        with cursor.copy(statement) as copy:
            while block := rows.read(BLOCK):
                copy.write(block)


def where_it_stopped(error: Exception) -> str:
    """Return what the server says of a row: the message, the line in the file and the column."""
    if not isinstance(error, psycopg.Error):
        return f"a file that does not decompress: {error}"
    line, column, message = in_copy(error)
    return mask_secrets(
        message + (f" in line {line}" if line else "") + (f", column {column}" if column else "")
    )

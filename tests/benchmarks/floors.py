"""The least that an audit's kinds of work cost on the same server, each done once and plainly.

The session is bare: no pins, the server's own memory. Nothing is mapped: rows go as they are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
from processors import Cost, cost
from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Schemas, query
from motomind_nb.reconcile.rows.pairs import target_pairs

OUT = "COPY legacy.{} TO STDOUT (FORMAT csv)"
COPIES = "CREATE TABLE floor.{0} (LIKE legacy.{0} INCLUDING ALL)"
IN = "COPY floor.{} FROM STDIN (FORMAT csv)"
SCAN = "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM legacy.{} AS t"
INSERT = "INSERT INTO target_floor.{1} SELECT * FROM {0}.{1}"
TARGETS = "CREATE TABLE target_floor.{1} (LIKE {0}.{1} INCLUDING ALL)"
JOIN = """
SELECT count(*) FROM {0}.{1} AS one FULL JOIN target_floor.{1} AS other ON {2}
WHERE one.{3} IS NULL OR other.{3} IS NULL OR one *<> other
"""
BLOCK = 1 << 16
SOURCES = {"sources": list(catalog.EVENT_SOURCES)}


def floors(conninfo: str) -> dict[str, Cost]:
    """Return what each floor takes on a loaded target; nothing is left there."""
    with (
        Connection.connect(conninfo) as connection,
        tempfile.TemporaryDirectory() as name,
    ):
        connection.schemas = Schemas()
        connection.execute("CREATE SCHEMA floor; CREATE SCHEMA target_floor")
        for pair in target_pairs():
            connection.execute(sql.SQL(TARGETS).format(*map(sql.Identifier, pair.target)))
        for table in catalog.tables():
            connection.execute(sql.SQL(COPIES).format(sql.Identifier(table)))
        found = {
            what: cost(connection, partial(act, connection, Path(name)))
            for what, act in FLOORS.items()
        }
        connection.rollback()
    return found


def copy_out(connection: Connection, folder: Path) -> None:
    """All staged tables leave as CSV."""
    for table in catalog.tables():
        statement = sql.SQL(OUT).format(sql.Identifier(table))
        with (folder / table).open("wb") as file, connection.cursor().copy(statement) as copy:
            for block in copy:
                file.write(block)


def copy_in(connection: Connection, folder: Path) -> None:
    """The same files enter tables with the same keys and indexes."""
    for table in catalog.tables():
        statement = sql.SQL(IN).format(sql.Identifier(table))
        with (folder / table).open("rb") as file, connection.cursor().copy(statement) as copy:
            for block in _blocks(file.read, BLOCK):
                copy.write(block)


def _blocks(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while block := read(size):
        yield block


def scan(connection: Connection, _: Path) -> None:
    """Every staged row is read once, as text."""
    for table in catalog.tables():
        connection.execute(sql.SQL(SCAN).format(sql.Identifier(table)))


def insert(connection: Connection, _: Path) -> None:
    """The rows of the target tables enter tables with the same keys and indexes."""
    for pair in target_pairs():
        connection.execute(sql.SQL(INSERT).format(*map(sql.Identifier, pair.target)))


def full_joins(connection: Connection, _: Path) -> None:
    """Each target table meets those rows once, compared whole."""
    for pair in target_pairs():
        keys = pair.projections[0].key
        same = [sql.SQL("one.{0} = other.{0}").format(sql.Identifier(key)) for key in keys]
        names = (*map(sql.Identifier, pair.target), sql.SQL(" AND ").join(same))
        connection.execute(sql.SQL(JOIN).format(*names, sql.Identifier(keys[-1])))


def mileage_fetches(connection: Connection, _: Path) -> None:
    """The readings of both sides are read once."""
    for side in (query("mileage/before"), query("mileage/after")):
        with psycopg.ServerCursor(connection, "floor") as cursor:
            cursor.itersize = 10_000
            cursor.execute(side, SOURCES)
            for _row in cursor:
                pass


FLOORS = {
    "COPY out": copy_out,
    "COPY in, with keys": copy_in,
    "one scan": scan,
    "INSERT ... SELECT, with indexes": insert,
    "one FULL JOIN for each target table": full_joins,
    "two fetches of readings": mileage_fetches,
}

"""Take a backup: one read-only snapshot of the 35 objects, streamed to one file each.

Two connections see the same snapshot, so that one writes rows while the other computes
fingerprints. The manifest is written last; whatever ends the work earlier removes the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql as composing

from motomind_nb import catalog, database, manifest, sql
from motomind_nb.backup.acceptance import refuse_foreign, refuse_unreadable
from motomind_nb.backup.cron import jobs
from motomind_nb.database import Connection, Row
from motomind_nb.errors import Refused
from motomind_nb.manifest import Manifest, Object, Source
from motomind_nb.progress import Tell, quiet

SCHEMA = "public"


def take(source_conninfo: str, folder: Path, progress: Tell = quiet) -> Manifest:
    """Back up the legacy database into a new folder and return its manifest.

    Reads the source only, in one REPEATABLE READ, READ ONLY snapshot; the role needs SELECT.
    Writes: the folder; nothing of it stays when the work does not end.
    Raises: Refused when the database is not MotoMind's or the folder is not empty; MotomindError
    when an object can't be read, naming all of them.
    """
    with manifest.new_folder(folder), snapshots(source_conninfo, 2) as connections:
        first = connections[0]
        found = manifest.relations(first, SCHEMA)
        refuse_foreign(found)
        refuse_unreadable(found)
        captured, own = manifest.capture(first, SCHEMA)
        source = Source(connections, SCHEMA, {name: found[name]["pages"] for name in found})
        known = [_populated(captured[name], found[name]) for name in catalog.objects()
                 if name in found]  # fmt: skip
        written = manifest.write_objects(source, known, folder, progress)
        result = Manifest(
            source=database.rows(first, sql.query("backup/source"))[0],
            objects=manifest.in_catalog_order(written),
            unknown=_unknown(first, captured, found),
            definitions=(*own, *jobs(first)),
        )
        manifest.write(folder, result)
    return result


@contextmanager
def snapshots(source_conninfo: str, number: int) -> Iterator[list[Connection]]:
    """Give connections to the source whose read-only transactions see the same snapshot."""
    connections = [database.connect(source_conninfo)]
    try:
        first = connections[0]
        _begin(first)
        _refuse_encoding(first)
        shared = database.value(first, sql.query("backup/export_snapshot"))
        for _ in range(number - 1):
            connections.append(database.connect(source_conninfo))
            _begin(connections[-1], shared)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def _begin(connection: Connection, shared: str | None = None) -> None:
    """Begin a read-only transaction, on a shared snapshot if there is one."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
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


def _populated(item: Object, found: Row) -> Object:
    """Return the object; a materialized view without rows of its own can't be evaluated."""
    if found["populated"]:
        return item
    return replace(item, evaluable=False, reason="never refreshed: it holds no rows")


def _unknown(
    connection: Connection, captured: dict[str, Object], found: dict[str, Row]
) -> tuple[Object, ...]:
    """Return the relations that the catalog does not know; of tables with their row counts."""
    return tuple(
        replace(item, rows=_count(connection, name) if found[name]["readable"] else None)
        if item.is_table
        else item
        for name, item in captured.items()
        if name not in catalog.objects()
    )


def _count(connection: Connection, name: str) -> int:
    """Return how many rows a table of the source holds."""
    return int(database.value(connection, sql.query("backup/count", relation=(SCHEMA, name))))

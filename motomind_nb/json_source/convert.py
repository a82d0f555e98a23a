"""Convert the export file to a backup folder, by way of the legacy tables themselves.

The rows go through the real column types and rules of schema/legacy in a scratch schema; what the
server then reads back is written to the folder. The scratch schema is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from motomind_nb import database, manifest, resources, server, sql
from motomind_nb.database import Connection
from motomind_nb.errors import Refused
from motomind_nb.json_source.decode import ACTION
from motomind_nb.json_source.fields import At, line
from motomind_nb.json_source.reader import Row, walk
from motomind_nb.manifest import Manifest, Object, Source
from motomind_nb.progress import Tell, quiet

SCHEMA = "motomind_scratch"
FILES = ("02_tables_kept.sql", "03_tables_folded.sql", "05_indexes.sql")
BLOCK = 1 << 16


@dataclass
class _Reading:
    """What was read so far: the scratch tables, and the columns that some row had."""

    connection: Connection
    objects: dict[str, Object]
    progress: Tell
    seen: dict[str, set[str]] = field(default_factory=dict)

    def take(self, name: str, rows: Iterator[tuple[int, Row]]) -> None:
        """Copy an object's rows into its scratch table.

        Raises: Refused, naming the object, the row and the column.
        """
        seen = self.seen[name] = set()
        statement = sql.query("json_source/copy_in", table=(SCHEMA, name))
        try:
            with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
                for block in _blocks(name, rows, self.objects[name], seen):
                    copy.write(block)
        except psycopg.Error as error:
            number, column, message = manifest.in_copy(error)
            place = f" row {number}" if number else ""
            raise Refused(
                f"{name}{place}" + (f", column {column}" if column else ""),
                "a row as the legacy table takes it", message, ACTION,
            ) from None  # fmt: skip
        self.progress("export file", len(self.seen), len(self.objects))


def convert(
    path: Path, folder: Path, progress: Tell = quiet, connection: Connection | None = None
) -> Manifest:
    """Convert the original export's JSON file to a backup folder and return its manifest.

    Objects that such a file lacks are absent in the manifest. Without a connection an embedded
    server is started for the conversion; on a given one everything is rolled back.
    Writes: the folder. Raises: Refused, naming the object, the row and the column.
    """
    with manifest.new_folder(folder), _scratch(connection) as inside:
        objects = _create(inside)
        keys = _drop_foreign_keys(inside, objects)
        reading = _Reading(inside, objects, progress)
        timestamp = walk(path, reading.take)
        _add_foreign_keys(inside, keys)
        result = _written(reading, folder, timestamp)
        manifest.write(folder, result)
    return result


def _blocks(
    name: str, rows: Iterator[tuple[int, Row]], item: Object, seen: set[str]
) -> Iterator[str]:
    """Yield the rows as COPY's text, some at a time, and note which columns there were."""
    lines: list[str] = []
    size = 0
    for number, row in rows:
        try:
            lines.append(line(row, item.columns))
        except At as error:
            raise error.error.at(f"{name} row {number}, column {error.column}") from None
        seen.update(row)
        size += len(lines[-1])
        if size > BLOCK:
            yield "".join(lines)
            lines.clear()
            size = 0
    yield "".join(lines)


@contextmanager
def _scratch(connection: Connection | None) -> Iterator[Connection]:
    """Give a connection in a transaction that is rolled back at the end."""
    if connection is not None:
        with connection.transaction(force_rollback=True):
            yield connection
        return
    with server.running() as own, database.connect(own.new_database("scratch")) as inside:
        yield inside
        inside.rollback()


def _create(connection: Connection) -> dict[str, Object]:
    """Create the legacy tables that such a file holds; return them by name, without rows."""
    connection.execute(sql.query("json_source/create_schema"))
    connection.execute(sql.query("manifest/look_from"), {"schema": SCHEMA})
    for name in FILES:
        connection.execute((resources.folder("schema") / "legacy" / name).read_bytes())
    objects, _ = manifest.capture(connection, SCHEMA)
    return objects


def _drop_foreign_keys(
    connection: Connection, objects: dict[str, Object]
) -> list[tuple[str, str, sql.Name]]:
    """Drop the foreign keys, so that the file's order does not matter; return how to add them."""
    keys: list[tuple[str, str, sql.Name]] = []
    for item in objects.values():
        for key in item.texts("foreign key"):
            place = (SCHEMA, item.name)
            connection.execute(sql.query("json_source/drop_key", table=place, name=key.name))
            text = psycopg.sql.SQL(key.text)  # the server's own text
            keys.append((item.name, key.name, text))
    return keys


def _add_foreign_keys(connection: Connection, keys: list[tuple[str, str, sql.Name]]) -> None:
    """Add the foreign keys again. Raises: Refused, naming the object and the key's value."""
    for name, key, text in keys:
        try:
            connection.execute(
                sql.query("json_source/add_key", table=(SCHEMA, name), name=key, text=text)
            )
        except psycopg.errors.ForeignKeyViolation as error:
            raise Refused(
                f"{name}, {key}", "a row that each row points at", str(error.diag.message_detail),
                ACTION,
            ) from None  # fmt: skip


def _written(reading: _Reading, folder: Path, timestamp: str) -> Manifest:
    """Write the rows and return the manifest."""
    source = Source([reading.connection], SCHEMA, dict.fromkeys(reading.objects, 0))
    objects = [
        replace(item, reason=_without(item, reading.seen[name]))
        for name, item in reading.objects.items()
    ]
    written = manifest.write_objects(source, objects, folder, reading.progress)
    facts = database.rows(reading.connection, sql.query("json_source/facts"))[0]
    return Manifest(
        source={**facts, "taken_at": timestamp}, objects=manifest.in_catalog_order(written)
    )


def _without(item: Object, seen: set[str]) -> str:
    """Return a note of the columns that no row of the file has; empty without rows."""
    absent = [column.name for column in item.columns if column.name not in seen]
    return f"the file has no {', '.join(absent)}" if seen and absent else ""

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
from psycopg import sql

from motomind_nb import postgres
from motomind_nb.backup import files, manifest
from motomind_nb.backup.from_json.decode import ACTION
from motomind_nb.backup.from_json.fields import At, copy_line
from motomind_nb.backup.from_json.losses import RowsRead
from motomind_nb.backup.from_json.reader import Row, read_objects
from motomind_nb.backup.manifest import Manifest
from motomind_nb.backup.taking import Source, write_objects
from motomind_nb.core import Refused, Tell, no_progress, resources
from motomind_nb.postgres import Connection, Name, Relation, query

SCHEMA = "motomind_scratch"
FILES = ("02_tables_kept.sql", "03_tables_folded.sql", "05_indexes.sql")
BLOCK = 1 << 16


@dataclass(frozen=True)
class _ForeignKey:
    """A foreign key of a scratch table, with the text that defines it."""

    table: str
    name: str
    text: Name


@dataclass
class _Reading:
    """What was read so far: the scratch tables, and what the rows of each object had."""

    connection: Connection
    objects: dict[str, Relation]
    progress: Tell
    read: dict[str, RowsRead] = field(default_factory=dict)

    def take(self, name: str, rows: Iterator[Row]) -> None:
        """Copy an object's rows into its scratch table.

        Raises: Refused, naming the object, the row and the column.
        """
        read = self.read[name] = RowsRead(self.objects[name].columns)
        statement = query("backup/from_json/copy_in", table=(SCHEMA, name))
        try:
            with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
                for block in _blocks(name, rows, read):
                    copy.write(block)
        except psycopg.Error as error:
            postgres.raise_outage(error)
            number, column, message = postgres.copy_error_place(error)
            place = f" row {number}" if number else ""
            raise Refused(
                f"{name}{place}" + (f", column {column}" if column else ""),
                "a row as the legacy table takes it",
                message,
                ACTION,
            ) from None
        self.progress("export file", len(self.read), len(self.objects))


def convert_json(
    path: Path, folder: Path, progress: Tell = no_progress, connection: Connection | None = None
) -> Manifest:
    """Convert the original export's JSON file to a backup folder and return its manifest.

    Objects that such a file lacks are absent in the manifest. Without a connection an embedded
    server is started for the conversion; on a given one everything is rolled back.
    Writes: the folder. Raises: Refused, naming the object, the row and the column.
    """
    with files.create_folder_or_undo(folder), _scratch(connection) as inside:
        objects = _create(inside)
        keys = _drop_foreign_keys(inside, objects)
        reading = _Reading(inside, objects, progress)
        timestamp = read_objects(path, reading.take)
        _add_foreign_keys(inside, keys)
        result = _written(reading, folder, timestamp)
        files.write_manifest(folder, result)
    return result


def _blocks(name: str, rows: Iterator[Row], read: RowsRead) -> Iterator[str]:
    """Yield the rows as COPY's text, some at a time, and note what they had."""
    lines: list[str] = []
    size = 0
    for number, row in enumerate(rows, 1):
        try:
            lines.append(copy_line(row, read.columns))
        except At as error:
            raise error.error.at(f"{name} row {number}, column {error.column}") from None
        read.note(number, row)
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
    with postgres.embedded_server() as own, postgres.connect(own.new_database("scratch")) as inside:
        yield inside
        inside.rollback()


def _create(connection: Connection) -> dict[str, Relation]:
    """Create the legacy tables that such a file holds; return them by name, without rows."""
    connection.execute(query("backup/from_json/create_schema"))
    connection.execute(query("postgres/describe/look_from"), {"schema": SCHEMA})
    for name in FILES:
        connection.execute((resources.packaged_folder("schema") / "legacy" / name).read_bytes())
    objects, _ = postgres.describe_schema(connection, SCHEMA)
    connection.execute(query("backup/from_json/drop_clock_checks"))
    return objects


def _drop_foreign_keys(connection: Connection, objects: dict[str, Relation]) -> list[_ForeignKey]:
    """Drop the foreign keys, so that the file's order does not matter; return how to add them."""
    keys: list[_ForeignKey] = []
    for item in objects.values():
        for key in item.texts("foreign key"):
            place = (SCHEMA, item.name)
            connection.execute(query("backup/from_json/drop_key", table=place, name=key.name))
            text = sql.SQL(key.text)  # the server's own text
            keys.append(_ForeignKey(item.name, key.name, text))
    return keys


def _add_foreign_keys(connection: Connection, keys: list[_ForeignKey]) -> None:
    """Add the foreign keys again. Raises: Refused, naming the object and the key's value."""
    for key in keys:
        place = (SCHEMA, key.table)
        try:
            connection.execute(
                query("backup/from_json/add_key", table=place, name=key.name, text=key.text)
            )
        except psycopg.errors.ForeignKeyViolation as error:
            raise Refused(
                f"{key.table}, {key.name}",
                "a row that each row points at",
                str(error.diag.message_detail),
                ACTION,
            ) from None


def _written(reading: _Reading, folder: Path, timestamp: str) -> Manifest:
    """Write the rows and return the manifest."""
    source = Source([reading.connection], SCHEMA, dict.fromkeys(reading.objects, 0))
    objects = [
        replace(item, reason=_without(reading.read[name])) for name, item in reading.objects.items()
    ]
    written = write_objects(source, objects, folder, reading.progress)
    facts = postgres.rows(reading.connection, query("backup/from_json/facts"))[0]
    return Manifest(
        source={**facts, "taken_at": timestamp},
        objects=manifest.all_in_catalog_order(written),
        losses=tuple(loss for name, read in reading.read.items() for loss in read.losses(name)),
    )


def _without(read: RowsRead) -> str:
    """Return a note of the columns that no row of the file has; empty without rows."""
    absent = read.absent()
    return f"the file has no {', '.join(absent)}" if absent else ""

"""Write the rows of a schema's relations to compressed CSV files, several connections at once.

The files are what ``COPY ... (FORMAT csv, HEADER, NULL '\\N')`` writes: an empty string and NULL
differ, every type is written as its exact text, and ``pandas.read_csv`` reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import psycopg
import zstandard

from motomind_nb.backup.manifest import file_name
from motomind_nb.core import MotomindError, RowsDone, Tell, naming_path, no_progress
from motomind_nb.postgres import (
    Connection,
    Name,
    Relation,
    Task,
    copy_blocks,
    fingerprint,
    mask_secrets,
    query,
    raise_outage,
    share_tasks,
)

LEVEL = 1
EXTRA_FINGERPRINT = 0.5  # cost of a fingerprint beside that of writing the same table


@dataclass(frozen=True)
class Source:
    """A schema and the connections that see the same snapshot of it.

    ``view_readers`` are those that may evaluate views: sessions without superuser rights, because
    a view calls functions of anybody who may create one. ``estimates`` are the rows of the tables
    as they were last counted.
    """

    connections: Sequence[Connection]
    schema: str
    pages: dict[str, int]
    view_readers: Sequence[Connection] = ()
    estimates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """A file that was written: its SHA-256, the bytes of its rows before packing, their number."""

    checksum: str
    size: int
    rows: int


@dataclass
class _Results:
    """What the tasks found, by object; each key is written by one task only."""

    copied: RowsDone
    files: dict[str, Written] = field(default_factory=dict)
    counted: dict[str, tuple[int, str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def write_objects(
    source: Source, objects: Sequence[Relation], folder: Path, progress: Tell = no_progress
) -> tuple[Relation, ...]:
    """Write the rows of the objects and return them with rows, fingerprint, file and checksum.

    ``progress`` is called by one thread at a time. Writes: tables/ and views/ in the folder.
    Raises: MotomindError, naming the object that could not be read.
    """
    expected = {item.name: source.estimates.get(item.name, 0) for item in objects}
    results = _Results(RowsDone(progress, "rows backed up", expected))
    tables: list[Task] = []
    views: list[Task] = []
    for item in objects:
        (folder / file_name(item)).parent.mkdir(exist_ok=True)
        (tables if item.is_table else views).extend(_tasks(source, item, folder, results))
    every = len(tables) + len(views)
    share_tasks(source.connections, tables, "backup", lambda name, n, _: progress(name, n, every))
    if views:
        share_tasks(
            source.view_readers,
            views,
            "backup",
            lambda name, n, _: progress(name, n + len(tables), every),
        )
    return tuple(_filled(item, results) for item in objects)


def _tasks(source: Source, item: Relation, folder: Path, results: _Results) -> list[Task]:
    """Return the work for one object: its file and, for a table, its fingerprint."""
    place, pages = (source.schema, item.name), source.pages[item.name]

    def write(connection: Connection) -> None:
        add = partial(results.copied.add, item.name)
        results.files[item.name] = write_rows(connection, place, folder / file_name(item), add)
        results.copied.finish(item.name)

    def count(connection: Connection) -> None:
        results.counted[item.name] = fingerprint(connection, place)

    def evidence(connection: Connection) -> None:
        try:
            with connection.transaction():
                write(connection)
        except psycopg.Error as error:
            if connection.broken or isinstance(error, psycopg.errors.QueryCanceled):
                raise
            (folder / file_name(item)).unlink(missing_ok=True)
            results.failed[item.name] = mask_secrets(error.diag.message_primary or error)

    if not item.is_table:
        return [Task(0, _named(item.name, evidence))] if item.evaluable else []
    return [
        Task(pages, _named(item.name, write)),
        Task(pages * EXTRA_FINGERPRINT, _named(item.name, count)),
    ]


def write_rows(
    connection: Connection, place: Name, path: Path, count: Callable[[int], None]
) -> Written:
    """Write a relation's rows to a new compressed file; return what was written.

    ``count`` is called with the number of rows now and then, each row once.
    """
    digest, frame = hashlib.sha256(), zstandard.ZstdCompressor(LEVEL, write_checksum=True)
    packer, size = frame.compressobj(), 0
    with naming_path(path), path.open("xb") as file:

        def put(packed: bytes) -> None:
            digest.update(packed)
            file.write(packed)

        def pack(block: bytearray) -> None:
            nonlocal size
            size += len(block)
            put(packer.compress(block))

        statement = query("backup/copy_out", relation=place)
        try:
            rows = copy_blocks(connection, statement, pack, count)
            put(packer.flush())
        except OSError:
            connection.close()  # it is in the middle of COPY and good for nothing else
            raise
    return Written(digest.hexdigest(), size, rows)


def _named(name: str, act: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """Return the act; an error of the server becomes a MotomindError that names the object."""

    def acted(connection: Connection) -> None:
        try:
            act(connection)
        except psycopg.Error as error:
            raise_outage(error)
            denied = isinstance(error, psycopg.errors.InsufficientPrivilege)
            raise MotomindError(
                name,
                "all its rows",
                mask_secrets(error.diag.message_primary or error),
                "give the role the rights it lacks"
                if denied
                else "look at the server's log, then take the backup again",
            ) from error

    return acted


def _filled(item: Relation, results: _Results) -> Relation:
    """Return an object with what was found of it.

    Raises: MotomindError when its file and its fingerprint hold different numbers of rows.
    """
    if item.name in results.failed or not item.evaluable:
        reason = results.failed.get(item.name, item.reason)
        return replace(item, evaluable=False, reason=reason)
    written = results.files[item.name]
    rows, mark = results.counted.get(item.name, (written.rows, None))
    if rows != written.rows:
        raise MotomindError(
            item.name,
            f"{rows} rows",
            f"{written.rows} in the file",
            "take the backup again",
        )
    return replace(
        item,
        rows=rows,
        fingerprint=mark,
        file=file_name(item),
        size=written.size,
        checksum=written.checksum,
    )

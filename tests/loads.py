"""Finished loads for tests: one template database for each data set, made the real way once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import in_shared, legacy_template, template

from motomind_nb import backup, load, rebuilt, staging
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, Server, connect

MANIFESTS: dict[str, backup.Manifest] = {}
# what the load of each data set noted
NOTES: dict[str, load.Notes] = {}


def staged_template(server: Server, data: str) -> str:
    """The name of a template database with the data set staged: legacy and audit, no more."""
    source = legacy_template(server, data)

    def fill(conninfo: str) -> None:
        with tempfile.TemporaryDirectory() as name, connect(conninfo) as connection:
            backup.take_backup(server.conninfo(source), Path(name) / "backup")
            staging.restore_backup(connection, Path(name) / "backup")
            MANIFESTS[data] = backup.read_manifest(Path(name) / "backup")

    return template(server, f"template_staged_{data}", fill)


def loaded_template(server: Server, data: str) -> str:
    """The name of a template database with the data set staged, rebuilt and loaded."""
    staged = staged_template(server, data)
    name = f"template_loaded_{data}"
    if name not in server.databases():
        with connect(server.create_database(name, staged)) as connection:
            NOTES[data] = load_staged(connection)
    return name


def load_staged(connection: Connection) -> load.Notes:
    """Rebuild and load what is staged, as notebook 02 does; what the load notes.

    Never commits.
    """
    notes = load.Notes()
    rebuilt.create_tables(connection, load.event_years(connection))
    load.load_staged_rows(connection, notes=notes)
    rebuilt.add_keys_and_rules(connection)
    return notes


@contextmanager
def unguarded(server: Server, of: str) -> Iterator[Connection]:
    """Inside a transaction of a shared clone, where no change meets a trigger or foreign key."""
    with in_shared(server, of) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        yield connection


def sample_backup(server: Server, folder: Path) -> Path:
    """Back up the sample into a new folder, and return it."""
    backup.take_backup(server.conninfo(legacy_template(server, "sample")), folder)
    return folder


def restore(conninfo: str, folder: Path) -> list[Finding]:
    """Stage a backup; what the stage finds."""
    with connect(conninfo) as connection:
        return staging.restore_backup(connection, folder)

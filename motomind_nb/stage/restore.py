"""The stage: a backup restored into schema ``legacy``, compared with its manifest, looked over.

All of it happens in the caller's transaction, which is rolled back when anything raises: nothing
is written unless the backup is proved restorable and every value has a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from motomind_nb import database, manifest, resources, sql
from motomind_nb.database import Connection
from motomind_nb.errors import MotomindError, Refused
from motomind_nb.findings import Finding
from motomind_nb.manifest import Manifest
from motomind_nb.progress import Tell, quiet
from motomind_nb.stage import build, proof
from motomind_nb.stage.preflight import preflight
from motomind_nb.stage.rows import load
from motomind_nb.stage.target import localised, refuse_target

AUDIT = Path("target", "00_audit.sql")


def restore(connection: Connection, folder: Path, progress: Tell = quiet) -> list[Finding]:
    """Restore a verified backup into schema legacy, prove it, and return one finding per object.

    Writes: schema legacy, schema audit with audit.source_object. Never commits.
    Raises: Refused for a damaged backup, a target that is not empty or lacks roles, rows that
    break their own rules, and for objects, columns and values without a fate (all at once).
    """
    backup = manifest.verify(folder)
    with settings(connection), warnings_refused(connection), server_errors():
        refuse_target(connection)
        connection.execute(sql.query("stage/create_schema"))
        connection.execute((resources.folder("schema") / AUDIT).read_bytes())
        local = localised(connection, backup)
        findings = _rebuild(connection, local, folder, progress)
        findings += proof.compare(connection, local)
        findings += preflight(connection, backup)
        _record(connection, backup)
        connection.execute(sql.query("stage/close_schema"))
    return findings


def _rebuild(
    connection: Connection, backup: Manifest, folder: Path, progress: Tell
) -> list[Finding]:
    """Create the staged objects and load their rows; return a warning for each view left out."""
    connection.execute(sql.query("manifest/look_from"), {"schema": "legacy"})
    build.create_functions(connection, backup)
    tables = backup.tables()
    for number, item in enumerate(tables, 1):
        build.create_table(connection, item)
        load(connection, folder, item)
        build.add_indexes(connection, item)
        progress("stage", number, len(tables))
    for item in tables:
        build.add_foreign_keys(connection, item)
    build.create_shells(connection, backup)
    return build.create_views(connection, backup)


def _record(connection: Connection, backup: Manifest) -> None:
    """Write what the source held into audit.source_object."""
    statement = sql.query("stage/record_object")
    with connection.cursor() as cursor:
        for item in backup.objects:
            cursor.execute(
                statement,
                {"object": item.name, "kind": item.kind, "present": item.present,
                 "rows": item.rows, "fingerprint": item.fingerprint,
                 "reason": item.reason or None},
            )  # fmt: skip


@contextmanager
def settings(connection: Connection) -> Iterator[None]:
    """Pin what the load depends on until the transaction ends; put the search path back."""
    before = database.value(connection, sql.query("stage/search_path"))
    connection.execute(sql.query("stage/begin"))
    yield
    connection.execute(sql.query("stage/set_search_path"), {"search_path": before})


@contextmanager
def warnings_refused(connection: Connection) -> Iterator[None]:
    """Refuse the restored copy when the server warned of anything while it was made."""
    heard: list[str] = []

    def hear(diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            heard.append(str(diagnostic.message_primary))

    connection.add_notice_handler(hear)
    try:
        yield
    finally:
        connection.remove_notice_handler(hear)
    if heard:
        raise Refused(
            "stage", "a restore without warnings", "; ".join(heard),
            "mend what the server warns of, and run again",
        )  # fmt: skip


@contextmanager
def server_errors() -> Iterator[None]:
    """Turn an error that no step expected into one that says what the server said."""
    try:
        yield
    except psycopg.Error as error:
        raise MotomindError(
            "stage", "the target to take the backup",
            database.masked(error.diag.message_primary or error), "look at the target's log",
        ) from error  # fmt: skip

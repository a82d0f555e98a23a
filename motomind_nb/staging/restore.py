"""The stage: a backup restored into schema ``legacy``, compared with its manifest, looked over.

All of it happens in the caller's transaction, which is rolled back when anything raises: nothing
is written unless rows and keys are proved restorable and every value has a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from motomind_nb import backup, postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import (
    Finding,
    MotomindError,
    Refused,
    RowsDone,
    Tell,
    no_progress,
    resources,
)
from motomind_nb.postgres import Connection, compose_sql_file, query
from motomind_nb.staging import build, proof
from motomind_nb.staging.preflight import check_legacy
from motomind_nb.staging.rows import load_rows
from motomind_nb.staging.target import refuse_target

AUDIT = Path("target", "beside", "00_audit.sql")


def restore_backup(
    connection: Connection, folder: Path, progress: Tell = no_progress
) -> list[Finding]:
    """Restore a verified backup into schema legacy, prove it, and return the findings.

    Writes: schema legacy, schema audit with audit.source_object. Never commits.
    Raises: Refused for a damaged backup, a target that is not empty or lacks roles, rows that
    break their own keys, and for objects, columns, types and values without a fate (all at once).
    """
    held = backup.verify_backup(folder)
    with (
        pin_restore_settings(connection),
        refuse_server_warnings(connection),
        translate_server_errors(),
    ):
        refuse_target(connection)
        connection.execute(query("staging/create_schema"))
        connection.execute(compose_sql_file(resources.packaged_folder("schema") / AUDIT))
        findings = _rebuild(connection, held, folder, progress)
        findings += proof.compare_with_manifest(connection, held)
        findings += check_legacy(connection, held)
        findings += build.create_views(connection, held)
        record_source(connection, held)
        connection.execute(query("staging/close_schema"))
    return findings


def _rebuild(
    connection: Connection, backup: Manifest, folder: Path, progress: Tell
) -> list[Finding]:
    """Create the staged tables and load their rows; return a note for each key left out."""
    connection.execute(query("postgres/describe/look_from"), {"schema": connection.schemas.source})
    tables = backup.tables()
    staged = RowsDone(progress, "rows staged", {item.name: item.rows or 0 for item in tables})
    for number, item in enumerate(tables, 1):
        build.create_table(connection, item)
        load_rows(connection, folder, item, partial(staged.add, item.name))
        build.add_keys(connection, item)
        progress("stage", number, len(tables))
    findings = build.add_foreign_keys(connection, backup)
    build.create_missing_tables(connection, backup)
    return findings


def record_source(connection: Connection, backup: Manifest) -> None:
    """Write what the source held. Writes: audit.source_object; never commits."""
    statement = query("staging/record_object")
    with connection.cursor() as cursor:
        for item in backup.objects:
            cursor.execute(
                statement,
                {
                    "object": item.name,
                    "kind": item.kind,
                    "present": item.present,
                    "rows": item.rows,
                    "fingerprint": item.fingerprint,
                    "reason": item.reason or None,
                },
            )


@contextmanager
def pin_restore_settings(connection: Connection) -> Iterator[None]:
    """Pin what the load depends on until the transaction ends; put the search path back."""
    before = postgres.value(connection, query("staging/search_path"))
    connection.execute(query("staging/begin"))
    yield
    connection.execute(query("staging/set_search_path"), {"search_path": before})


@contextmanager
def refuse_server_warnings(connection: Connection) -> Iterator[None]:
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
            "stage",
            "a restore without warnings",
            "; ".join(heard),
            "mend what the server warns of, and run again",
        )


@contextmanager
def translate_server_errors() -> Iterator[None]:
    """Turn an error that no step expected into one that says what the server said."""
    try:
        yield
    except psycopg.Error as error:
        postgres.raise_outage(error)
        raise MotomindError(
            "stage",
            "the target to take the backup",
            postgres.mask_secrets(error.diag.message_primary or error),
            "look at the target's log",
        ) from error

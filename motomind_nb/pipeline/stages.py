"""The stages that write: backup, stage, rebuild and load; each in one transaction of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas

from motomind_nb import backup, database, json_source, load, manifest, rebuild, sql, stage
from motomind_nb.findings import Finding
from motomind_nb.manifest import Manifest
from motomind_nb.pipeline import begin, record
from motomind_nb.run import Run, recorded
from motomind_nb.telling import teller


def manifest_of(run: Run) -> Manifest:
    """Return the manifest of the run's backup. Reads only."""
    return manifest.read(run.backup)


@recorded
def back_up(run: Run) -> pandas.DataFrame:
    """Take the source's backup, or verify and copy the one given; return what it holds.

    Writes: the run's folder backup. Reads the source only.
    Columns: object, kind, present, rows, note.
    """
    folder = run.folder / "backup"
    shutil.rmtree(folder, ignore_errors=True)
    kind = begin.kind_of(run.source)
    if kind == "folder":
        manifest.verify(Path(run.source))
        shutil.copytree(run.source, folder)
    elif kind == "json":
        json_source.convert(Path(run.source), folder, teller(run))
    else:
        backup.take(run.source_conninfo(), folder, teller(run))
    held = manifest.read(folder)
    run.note(input=held.fingerprint)
    return held.frame()


@recorded
def stage_backup(run: Run) -> pandas.DataFrame:
    """Restore the backup into schema legacy of the target and prove it; return the findings.

    Writes: schemas legacy and audit of the target, all or nothing.
    Raises: Refused when the target, the backup or a value does not fit.
    """
    with run.connect() as connection:
        items = stage.restore(connection, run.backup, teller(run))
        found = record.findings(connection, run, "stage", items)
    record.require_passed(run, found)
    return found


@recorded
def rebuild_and_load(run: Run) -> pandas.DataFrame:
    """Make the rebuilt schema and load every staged row; return the findings of the load.

    Writes: schemas public, private and audit of the target, all or nothing.
    Raises: Refused when the stage is not proved or anything of the schema exists.
    """
    run.require("01_profile")
    with run.connect() as connection:
        rebuild.create_tables(connection, load.years(connection))
        decisions: list[Finding] = load.run(connection)
        rebuild.finish(connection)
        found = record.findings(connection, run, "load", decisions)
    with run.connect(autocommit=True) as connection:
        connection.execute(sql.query("pipeline/analyze"))
    run.complete("02_rebuild")
    return found


def reading(run: Run) -> database.Connection:
    """Return a connection that can only read the target, for a notebook's tables."""
    connection = run.connect(autocommit=True)
    connection.execute(sql.query("pipeline/read_only"))
    return connection

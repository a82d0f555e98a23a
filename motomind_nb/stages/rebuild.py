"""02: the rebuilt schema is made and every staged row loaded, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from motomind_nb import load, postgres, rebuilt, runs
from motomind_nb.core import Finding, RowsDone
from motomind_nb.postgres import Connection, query, rows
from motomind_nb.runs import Run, keep_evidence, keeps_errors
from motomind_nb.stages import record, witness
from motomind_nb.stages.profile import read_run_manifest

if TYPE_CHECKING:
    import pandas as pd

CAPTURE_FILE = "schema.json"


@keeps_errors
def rebuild_and_load(run: Run) -> pd.DataFrame:
    """Make the rebuilt schema and load every staged row; return the findings of the load.

    Writes: schemas public, private and audit of the target, all or nothing; evidence/load.json and
    schema.json; in run.json what a migration in place predicts waits and disk by.
    Raises: Refused when the stage is not proved or anything of the schema exists.
    """
    run.require("01_profile")
    with run.connect() as connection:
        others = rebuilt.objects_in_target(connection)
        run.note(same_work_seconds=postgres.seconds_of_same_work(connection))
        notes = load.Notes()
        with runs.keep_bytes(run, connection):
            decisions = _build_and_load(connection, run, notes)
        items = [*decisions, *save_schema_capture(connection, run, others)]
        found = record.store_findings(connection, run, "load", items)
        witness.bind_target_to_run(connection, run, notes)
        with runs.keep_seconds(run, "commit"):
            connection.commit()
    with run.connect(autocommit=True) as connection:
        vacuum_loaded(connection)
    with run.connect() as connection, runs.keep_seconds(run, "take statistics"):
        analyze_loaded(connection)
    run.complete("02_rebuild")
    return found


def _build_and_load(connection: Connection, run: Run, notes: load.Notes) -> list[Finding]:
    """Make the rebuilt schema around the staged rows; return the load's decisions. Never commits.

    ``notes`` are filled with what the load did. Writes: schemas public and private; step_seconds in
    run.json.
    """
    with runs.keep_seconds(run, "build beside"):
        rebuilt.create_tables(connection, load.event_years(connection))
    with runs.keep_seconds(run, "load"):
        decisions = load.load_staged_rows(connection, loaded=_tell_loaded(run), notes=notes)
    with runs.keep_seconds(run, "add keys"):
        rebuilt.add_keys(connection)
    with runs.keep_seconds(run, "add rules"):
        rebuilt.add_rules(connection)
    return decisions


def _tell_loaded(run: Run) -> Callable[[str], None]:
    """Return a function that tells how many rows are loaded, given each source that is."""
    backup = read_run_manifest(run)
    names = [item.source for item in load.projections()]
    rows = {name: backup.object(name).rows or 0 for name in names}
    loaded = RowsDone(runs.progress_writer(run.folder), "rows loaded", rows)
    return lambda source: loaded.add(source, rows[source])


def vacuum_loaded(connection: Connection) -> None:
    """Mark the rows that the run wrote as seen by all; the connection is in autocommit.

    It saves time and nothing else: a limit of the server's on it stops no run.
    Writes: pages of the tables that the run made.
    """
    with suppress(psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable):
        connection.execute(query("stages/vacuum", tables=_loaded_tables(connection)))


def analyze_loaded(connection: Connection) -> None:
    """Take statistics of what the run made, and of no table that is somebody else's.

    Writes: statistics of the planner; never commits.
    """
    connection.execute(query("stages/analyze", tables=_loaded_tables(connection)))


def _loaded_tables(connection: Connection) -> sql.Composed:
    """Return the list of the tables that the run made."""
    names = sorted({item.target[1] for item in load.projections()})
    found = rows(connection, query("stages/loaded_tables"), {"names": names})
    return sql.SQL(", ").join(sql.Identifier(row["home"], row["name"]) for row in found)


def save_schema_capture(connection: Connection, run: Run, others: Sequence[str]) -> list[Finding]:
    """Save a capture of what was built in the run folder; return the findings about it.

    Rebuild and load are one transaction whose load only inserts rows: the schema at its end is the
    one that was built, and nobody else could touch it before. ``others`` are the objects that stood
    in the target's schema before. Writes: evidence/schema.json.
    """
    with runs.keep_seconds(run, "compare with package"):
        objects = replace(rebuilt.capture_objects(connection), theirs=tuple(others))
        found = rebuilt.fresh_build_findings(objects)
    around = rebuilt.capture_environment(connection)
    keep_evidence(run, CAPTURE_FILE, objects.with_lines_of(around).as_json())
    return [*found, *rebuilt.opening_findings(around)]

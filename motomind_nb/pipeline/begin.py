"""The start of a run: source and target are looked at, refused or made ready."""

from __future__ import annotations

import os
from pathlib import Path

from motomind_nb import database, sample, stage
from motomind_nb import run as runs
from motomind_nb.errors import MotomindError, Refused
from motomind_nb.run import EMBEDDED, Run
from motomind_nb.server import Server

SAMPLES = {"sample": "sample", "sample:traps": "traps", "sample:unmapped": "unmapped"}


def runs_folder(named: str = "") -> Path:
    """Return the folder of runs: the named one, else ``runs`` beside the notebooks."""
    if named:
        return Path(named)
    here = Path.cwd()
    return (here.parent if here.name == "notebooks" else here) / "runs"


def kind_of(source: str) -> str:
    """Return what a SOURCE is: sample, database, json or folder.

    Raises: MotomindError (exit code 2) for a source that is none of them.
    """
    if source in SAMPLES:
        return "sample"
    database.refuse_connection_string(source)
    if database.is_database(source):
        return "database"
    path = Path(source)
    if source and path.is_dir():  # an empty text, from an unset variable, is not this folder
        return "folder"
    if path.is_file():
        return "json"
    raise MotomindError(
        "source", "sample, sample:traps, sample:unmapped, env:VARIABLE, service:NAME, a backup"
        " folder or a backup file", repr(source[:80]), "check the spelling and the path",
    )  # fmt: skip


def resolved(source: str) -> str:
    """Return a SOURCE that a kernel in another folder understands: a path is made absolute."""
    special = source in SAMPLES or database.is_database(source) or not source
    return source if special or not Path(source).exists() else str(Path(source).resolve())


def prepare(run: Run) -> None:
    """Make source and target of a new run ready, or refuse.

    Writes: the databases of an embedded server; never a database that the user named.
    Raises: MotomindError, Refused.
    """
    kind = kind_of(run.source)
    if run.target != EMBEDDED:
        refuse_target(run)
    if run.is_embedded():
        runs.socket(run)
        prepare_embedded(run, runs.server_of(run))
    if kind == "database":
        refuse_same(run)


def prepare_embedded(run: Run, server: Server) -> None:
    """Create the run's own databases: an empty target, a source that holds the sample."""
    if run.target == EMBEDDED:
        server.new_database(run.database_name)
    if run.source in SAMPLES:
        server.new_database("source")
        with database.connect(run.source_conninfo()) as connection:
            sample.create(connection, SAMPLES[run.source])


def refuse_target(run: Run) -> None:
    """Refuse a target that is too old, not empty, or lacks the API roles. Reads only.

    Raises: Refused, naming what the target holds or lacks.
    """
    with run.connect() as connection:
        database.version(connection)
        stage.refuse_target(connection)


def refuse_same(run: Run) -> None:
    """Refuse a target that is the source itself, by whatever name. Reads only.

    Raises: Refused; MotomindError when the source can't be reached.
    """
    with database.connect(run.source_conninfo()) as source, run.connect() as target:
        same = database.identity(source) == database.identity(target)
    if same:
        raise Refused(
            f"target {run.target}", "another database than the source", "the source itself",
            "name an empty database as the target",
        )  # fmt: skip


def new_run(source: str, target: str, folder: str) -> Run:
    """Make a new run and make its source and target ready."""
    run = runs.create(runs_folder(folder), resolved(source) or "sample", target or EMBEDDED)
    prepare(run)
    return run


def existing_run(target: str, folder: str) -> Run | None:
    """Return the run that the environment or the target names, None when neither does."""
    named = os.environ.get(runs.RUN_VARIABLE, "")
    if named and not target:
        return runs.open_folder(Path(named))
    if target:
        return runs.newest(runs_folder(folder), target)
    return None

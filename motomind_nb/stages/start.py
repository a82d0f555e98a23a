"""The start of a run: source and target are looked at, refused or made ready."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motomind_nb import backup, legacy, postgres, runs, staging
from motomind_nb.core import MotomindError, Refused
from motomind_nb.postgres import Server, query
from motomind_nb.runs import Embedded, LiveDatabase, Named, Run, Sample, Source, Target
from motomind_nb.stages import witness

LEAST_SPACE = 128 << 20  # bytes; a run of the sample leaves 60 MB, most of it the empty cluster
COMPRESSED = 10  # a backup is about a tenth of its database
COPIES = 2  # the staged copy and the rebuilt tables


def runs_folder(named: str = "") -> Path:
    """Return the folder of runs: the named one, else ``runs`` beside the notebooks.

    Copies of the notebooks in ``runs/lab`` use the folder that they lie in.
    """
    if named:
        return Path(named)
    here = Path.cwd()
    if (here.name, here.parent.name) == ("lab", "runs"):
        return here.parent
    return (here.parent if here.name == "notebooks" else here) / "runs"


def start_run(source: str, target: str, folder: str) -> Run:
    """Make a new run and make its source and target ready."""
    run = runs.create_run(
        runs_folder(folder), Source.parse(source or "sample"), Target.parse(target)
    )
    prepare_run(run)
    return run


def prepare_run(run: Run) -> None:
    """Make source and target of a new run ready, or refuse.

    Writes: the databases of an embedded server; never a database that the user named.
    Raises: MotomindError, Refused.
    """
    refuse_too_little_space(run)
    if isinstance(run.target, Named):
        refuse_target(run)
    if run.is_embedded():
        runs.start_and_find_socket(run.folder)
        _prepare_embedded(run, runs.started_server(run.folder))
    if isinstance(run.source, LiveDatabase):
        refuse_source_as_target(run)


def _prepare_embedded(run: Run, server: Server) -> None:
    """Create the run's own databases: an empty target, a source that holds the sample."""
    if isinstance(run.target, Embedded):
        server.new_database(run.database_name)
    if isinstance(run.source, Sample):
        _fill(server, run.source)


def _fill(server: Server, sample: Sample) -> str:
    """Create a sample's database; return its connection string."""
    conninfo = server.new_database(runs.SAMPLE_DATABASE)
    with postgres.connect(conninfo) as connection:
        legacy.create_sample(connection, sample.data_set)
    return conninfo


@contextmanager
def source_conninfo(source: Sample | LiveDatabase) -> Iterator[str]:
    """Give the connection string of a source; a sample lives in a server of its own meanwhile."""
    if isinstance(source, LiveDatabase):
        yield source.conninfo()
        return
    with postgres.embedded_server() as server:
        yield _fill(server, source)


def refuse_target(run: Run) -> None:
    """Refuse a target that is too old, not empty, or lacks the API roles. Reads only.

    Raises: Refused, naming what the target holds or lacks.
    """
    with run.connect() as connection:
        postgres.version(connection)
        staging.refuse_target(connection)


def refuse_too_little_space(run: Run) -> None:
    """Refuse to begin where the disk has no room for the backup or the clusters. Reads only.

    Raises: Refused, naming the folder, what it needs at least and what is free.
    """
    size = 0
    if isinstance(run.source, LiveDatabase):
        with postgres.connect(run.source_conninfo()) as connection:
            size = int(postgres.value(connection, query("stages/size")))
    needed = {run.folder: LEAST_SPACE + size // COMPRESSED}
    if run.is_embedded():
        copies = size * COPIES if isinstance(run.target, Embedded) else 0
        needed[postgres.motomind_home()] = LEAST_SPACE + copies
    for folder, wanted in needed.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(there).free
        if free < wanted:
            raise Refused(
                str(folder),
                f"{wanted >> 20:,} MB of free space",
                f"{free >> 20:,} MB",
                "free some, or name other folders with --runs and MOTOMIND_HOME",
            )


def refuse_source_as_target(run: Run) -> None:
    """Refuse a target that is the source itself, by whatever name. Reads only.

    Raises: Refused; MotomindError when the source can't be reached.
    """
    with postgres.connect(run.source_conninfo()) as source, run.connect() as target:
        same = postgres.identity(source) == postgres.identity(target)
    if same:
        raise Refused(
            f"target {run.target.text}",
            "another database than the source",
            "the source itself",
            "name an empty database as the target",
        )


def adopt_finished_load(run: Run, checked: Run) -> None:
    """Let a new run work on the finished load of another: on its target and with its backup.

    Raises: Refused when the other run never loaded, its backup or evidence is damaged, or the
    target holds no load or another one.
    """
    first, second = runs.NOTEBOOKS[:2]
    checked.require(second)
    facts = checked.facts()
    for notebook in (first, second):
        run.complete(notebook)
    run.note(
        checks=checked.id,
        checked_folder=str(checked.folder),
        backup=str(checked.backup),
        input=facts.get("input", ""),
        database_name=facts["database_name"],
        cluster=facts.get("cluster"),
    )
    if isinstance(run.target, Embedded) and not runs.is_reachable(checked.folder):
        raise MotomindError(
            f"run {checked.id}", "its embedded cluster", "none recorded", "name its --target"
        )
    with run.connect() as connection:  # starts an embedded server once, for all notebooks
        if not postgres.value(connection, query("stages/holds_load")):
            raise Refused(
                f"target {run.target.text}",
                f"what run {checked.id} loaded",
                "no load",
                "name the database that the run filled",
            )
        backup.verify_backup(checked.backup)
        witness.refuse_other_load(connection, run)

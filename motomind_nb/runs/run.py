"""A run: its folder, what it holds, and how its source and target are reached.

``verdict.json`` and the CSV files hold only what the input determines; ``run.json`` holds what
varies (id, times, versions, places). No connection string is ever stored: a run keeps the name of
a variable or service, or the folder of its own embedded cluster.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import psycopg
from psycopg import sql

from motomind_nb import postgres, provenance
from motomind_nb.core import (
    BY_VERDICT,
    FOLDER_MODE,
    MotomindError,
    Refused,
    close_to_others,
    read_json_or_empty,
    write_json,
)
from motomind_nb.runs import servers
from motomind_nb.runs.errors import as_motomind_error, log_traceback
from motomind_nb.runs.source import LiveDatabase, Sample, Source
from motomind_nb.runs.target import Embedded, Named, Target

if TYPE_CHECKING:
    import pandas as pd

RUN_VARIABLE = "MOTOMIND_RUN"
NOTEBOOKS = (
    "01_profile",
    "02_rebuild",
    "03_row_counts",
    "04_mileage",
    "05_architecture",
    "06_report",
)
SAMPLE_DATABASE = "source"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One run: its folder, where its rows come from and where they are rehearsed."""

    folder: Path
    source: Source
    target: Target
    database_name: str = "target"

    @property
    def id(self) -> str:
        """The run's id: the name of its folder."""
        return self.folder.name

    @property
    def backup(self) -> Path:
        """The folder of the run's backup (of the checked run's, when this run only checks)."""
        return Path(self.facts().get("backup") or self.folder / "backup")

    def is_embedded(self) -> bool:
        """Whether the run's source or target lies in an embedded server."""
        return isinstance(self.target, Embedded) or isinstance(self.source, Sample)

    def target_conninfo(self) -> str:
        """Return the target's connection string."""
        if isinstance(self.target, Named):
            return self.target.conninfo()
        return servers.conninfo(self.folder, self.database_name)

    def source_conninfo(self) -> str:
        """Return the connection string of a source that is a database or a sample.

        Raises: MotomindError for a source that is read from files.
        """
        match self.source:
            case Sample():
                return servers.conninfo(self.folder, SAMPLE_DATABASE)
            case LiveDatabase():
                return self.source.conninfo()
        raise MotomindError(
            "source", "a database", self.source.label, "name env:VARIABLE or service:NAME"
        )

    def connect(self, *, autocommit: bool = False) -> postgres.Connection:
        """Return an open, pinned connection to the target."""
        return postgres.connect(self.target_conninfo(), autocommit=autocommit)

    def summary(
        self, statement: sql.Composed, values: dict[str, str] | None = None
    ) -> pd.DataFrame:
        """Return a small result of the target as a frame. Reads only, what is committed."""
        return postgres.read_only_frame(self.target_conninfo(), statement, values)

    def facts(self) -> dict[str, Any]:
        """Return what run.json holds."""
        return read_json_or_empty(self.folder / "run.json")

    def note(self, **facts: object) -> None:
        """Add facts to run.json."""
        write_json(self.folder / "run.json", {**self.facts(), **facts})

    def complete(self, notebook: str) -> None:
        """Record that a notebook's stage ended well. Writes: stages/<notebook>.json, file modes."""
        write_json(self.folder / "stages" / f"{notebook}.json", {"completed": notebook})
        close_to_others(self.folder)

    def has_completed(self, notebook: str) -> bool:
        """Return whether a notebook's stage has ended well."""
        return (self.folder / "stages" / f"{notebook}.json").exists()

    def require(self, notebook: str) -> None:
        """Refuse unless the stage of the notebook before has ended well.

        Raises: Refused, naming the missing predecessor.
        """
        if not self.has_completed(notebook):
            raise Refused(
                f"run {self.id}",
                f"notebook {notebook} to have ended well",
                "no record of it in the run folder",
                f"run {notebook} first",
            )

    def store_error(self, error: MotomindError) -> None:
        """Keep the error, so that its exit code survives a kernel. Writes: error.json."""
        write_json(self.folder / "error.json", as_facts(as_motomind_error(error, self.folder)))

    def stored_error(self) -> MotomindError | None:
        """Return the error that a kernel kept, None without one."""
        facts = read_json_or_empty(self.folder / "error.json")
        if not facts:
            return None
        kind = BY_VERDICT[facts["verdict"]]
        return kind(facts["object"], facts["expected"], facts["found"], facts["action"])


def keeps_errors(
    function: Callable[Concatenate[Run, P], T],
) -> Callable[Concatenate[Run, P], T]:
    """Wrap a stage so that an error it raises is kept with the run before it travels on.

    What server and system say becomes an error of ours, its traceback lies in the run's log.
    """

    @wraps(function)
    def wrapper(run: Run, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(run, *args, **kwargs)
        except MotomindError as error:
            run.store_error(error)
            raise
        except (psycopg.Error, OSError) as error:
            log_traceback(run.folder, error)
            known = as_motomind_error(error, run.folder)
            run.store_error(known)
            raise known from error

    return wrapper


def as_facts(error: MotomindError) -> dict[str, str]:
    """Return an error as the fields that verdict.json shows."""
    return {
        "verdict": error.verdict,
        "object": error.subject,
        "expected": error.expected,
        "found": error.found,
        "action": error.action,
    }


def create_run(folder: Path, source: Source, target: Target) -> Run:
    """Make a new run, named after the time, in a folder of runs.

    Writes: its folder, for its owner only, and run.json.
    """
    started = datetime.now(UTC)
    name = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    run = Run(folder.resolve() / name, source, target)
    run.folder.parent.mkdir(parents=True, exist_ok=True)
    run.folder.mkdir(mode=FOLDER_MODE)
    run.folder.chmod(FOLDER_MODE)
    run.note(
        id=run.id,
        source=source.text,
        target=target.text,
        database_name=run.database_name,
        started=started.isoformat(timespec="seconds"),
        **provenance.run_circumstances(),
    )
    return run


def open_run_folder(folder: Path) -> Run:
    """Return the run of a folder.

    Raises: Refused when the folder holds no run.
    """
    try:
        facts = read_json_or_empty(folder / "run.json")
        names = [facts[name] for name in ("source", "target", "database_name")] if facts else []
    except (OSError, ValueError, KeyError, TypeError):
        names = [None]
    if not names or not all(isinstance(name, str) for name in names):
        raise Refused(
            str(folder.name),
            "a run folder with run.json",
            "a damaged one" if names else "none",
            "name a folder below runs/",
        )
    source, target, database_name = names
    return Run(folder.resolve(), Source.stored(source), Target.stored(target), database_name)


def newest_run(folder: Path, target: Target) -> Run:
    """Return the newest run in a folder of runs that has this target.

    Raises: Refused when there is none.
    """
    for path in sorted(folder.glob("*/run.json"), reverse=True):
        if read_json_or_empty(path).get("target") == target.text:
            return open_run_folder(path.parent)
    raise Refused(
        "runs", f"a run with target {target.text}", "none", "run 01_profile with it first"
    )


def remove_unused_cluster(run: Run) -> None:
    """Remove the embedded cluster of a run that never staged anything. Writes: removes it."""
    if not run.has_completed(NOTEBOOKS[0]) and "checks" not in run.facts():
        servers.remove_cluster(run.folder)

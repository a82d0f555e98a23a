"""A run: its folder, what it holds, and how its source and target are reached.

``verdict.json`` and the CSV files hold only what the input determines; ``run.json`` holds what
varies (id, times, versions, places). No connection string is ever stored: a run keeps the name of
a variable or service, or the folder of its own embedded cluster.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas
from psycopg.conninfo import make_conninfo
from psycopg.sql import Composed

from motomind_nb import binaries, database, server
from motomind_nb.errors import BY_VERDICT, MotomindError, Refused

RUN_VARIABLE = "MOTOMIND_RUN"
SOCKET_VARIABLE = "MOTOMIND_SOCKET"
EMBEDDED = "embedded"
NOTEBOOKS = (
    "01_profile", "02_rebuild", "03_row_counts", "04_mileage", "05_architecture", "06_report",
)  # fmt: skip
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One run. ``source`` and ``target`` are names as the user gave them, never secrets."""

    folder: Path
    source: str
    target: str
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
        return self.target == EMBEDDED or self.source.startswith("sample")

    def target_conninfo(self) -> str:
        """Return the target's connection string."""
        if self.target == EMBEDDED:
            return make_conninfo(host=socket(self), user="postgres", dbname=self.database_name)
        return database.conninfo(self.target)

    def source_conninfo(self) -> str:
        """Return the connection string of a source that is a database or a sample."""
        if self.source.startswith("sample"):
            return make_conninfo(host=socket(self), user="postgres", dbname="source")
        return database.conninfo(self.source)

    def connect(self, *, autocommit: bool = False) -> database.Connection:
        """Return an open, pinned connection to the target."""
        return database.connect(self.target_conninfo(), autocommit=autocommit)

    def summary(
        self, statement: Composed, values: dict[str, str] | None = None
    ) -> pandas.DataFrame:
        """Return a small result of the target as a frame. Reads only, what is committed."""
        return database.summary(self.target_conninfo(), statement, values)

    def facts(self) -> dict[str, Any]:
        """Return what run.json holds."""
        return read_json(self.folder / "run.json")

    def note(self, **facts: object) -> None:
        """Add facts to run.json."""
        write_json(self.folder / "run.json", {**self.facts(), **facts})

    def complete(self, notebook: str) -> None:
        """Record that a notebook's stage ended well. Writes: stages/<notebook>.json."""
        write_json(self.folder / "stages" / f"{notebook}.json", {"completed": notebook})

    def require(self, notebook: str) -> None:
        """Refuse unless the stage of the notebook before has ended well.

        Raises: Refused, naming the missing predecessor.
        """
        if not (self.folder / "stages" / f"{notebook}.json").exists():
            raise Refused(
                f"run {self.id}", f"notebook {notebook} to have ended well",
                "no record of it in the run folder", f"run {notebook} first",
            )  # fmt: skip

    def store_error(self, error: MotomindError) -> None:
        """Keep the error, so that its exit code survives a kernel. Writes: error.json."""
        write_json(self.folder / "error.json", as_facts(error))

    def stored_error(self) -> MotomindError | None:
        """Return the error that a kernel kept, None without one."""
        facts = read_json(self.folder / "error.json")
        if not facts:
            return None
        kind = BY_VERDICT[facts["verdict"]]
        return kind(facts["object"], facts["expected"], facts["found"], facts["action"])


def recorded(
    function: Callable[Concatenate[Run, P], T],
) -> Callable[Concatenate[Run, P], T]:
    """Wrap a stage so that an error it raises is kept with the run before it travels on."""

    @wraps(function)
    def wrapper(run: Run, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(run, *args, **kwargs)
        except MotomindError as error:
            run.store_error(error)
            raise

    return wrapper


def as_facts(error: MotomindError) -> dict[str, str]:
    """Return an error as the fields that verdict.json shows."""
    return {
        "verdict": error.verdict, "object": error.subject, "expected": error.expected,
        "found": error.found, "action": error.action,
    }  # fmt: skip


def create(runs: Path, source: str, target: str) -> Run:
    """Make a new run folder named after the time. Writes: the folder and run.json."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    run = Run(runs.resolve() / f"{stamp}-{secrets.token_hex(2)}", source, target)
    run.folder.mkdir(parents=True)
    run.note(id=run.id, source=source, target=target, database_name=run.database_name,
             started=datetime.now(UTC).isoformat(timespec="seconds"))  # fmt: skip
    return run


def open_folder(folder: Path) -> Run:
    """Return the run of a folder.

    Raises: Refused when the folder holds no run.
    """
    try:
        facts = read_json(folder / "run.json")
        names = [facts[name] for name in ("source", "target", "database_name")] if facts else []
    except (OSError, ValueError, KeyError, TypeError):
        names = [None]
    if not names or not all(isinstance(name, str) for name in names):
        raise Refused(
            str(folder.name), "a run folder with run.json",
            "a damaged one" if names else "none", "name a folder below runs/",
        )  # fmt: skip
    return Run(folder.resolve(), *names)


def newest(runs: Path, target: str) -> Run:
    """Return the newest run in a folder of runs that has this target.

    Raises: Refused when there is none.
    """
    for path in sorted(runs.glob("*/run.json"), reverse=True):
        if read_json(path).get("target") == target:
            return open_folder(path.parent)
    raise Refused("runs", f"a run with target {target}", "none", "run 01_profile with it first")


_SERVERS: dict[Path, server.Server] = {}


def socket(run: Run) -> str:
    """Return the socket folder of the run's embedded server, starting the server if need be.

    A kernel uses the server that the command started (run.json says where); a notebook run by
    hand starts one, which ends with the kernel.
    """
    facts = run.facts()
    known = os.environ.get(SOCKET_VARIABLE) or facts.get("socket") or ""
    if known and Path(known, ".s.PGSQL.5432").exists():
        return known
    cluster = Path(facts.get("cluster") or binaries.home() / "clusters" / run.id)
    if cluster not in _SERVERS:
        _SERVERS[cluster] = server.start(cluster)
    run.note(cluster=str(cluster), socket=str(_SERVERS[cluster].socket))
    return str(_SERVERS[cluster].socket)


def server_of(run: Run) -> server.Server:
    """Return the embedded server that this process started for a run. Raises: KeyError."""
    return _SERVERS[Path(run.facts()["cluster"])]


def forget_cluster(run: Run) -> None:
    """Remove the embedded cluster of a run that never staged anything. Writes: removes it."""
    facts = run.facts()
    staged = (run.folder / "stages" / f"{NOTEBOOKS[0]}.json").exists()
    if facts.get("cluster") and not staged and "checks" not in facts:
        shutil.rmtree(facts["cluster"], ignore_errors=True)


def stop_servers() -> None:
    """Stop every server that this process started for a run."""
    while _SERVERS:
        _SERVERS.popitem()[1].stop()


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON file's object, an empty one when there is no file."""
    if not path.exists():
        return {}
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def write_json(path: Path, facts: dict[str, Any]) -> None:
    """Write a JSON file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    part.write_text(text, encoding="utf-8")
    part.replace(path)

"""The embedded servers of runs: found where a command started one, started where none runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motomind_nb import postgres
from motomind_nb.core import MotomindError, read_json_or_empty, write_json

SOCKET_VARIABLE = "MOTOMIND_SOCKET"
_RUNNING: dict[Path, postgres.Server] = {}


def conninfo(folder: Path, database: str) -> str:
    """Return the connection string of a database in the embedded server of a run folder."""
    return postgres.private_conninfo(start_and_find_socket(folder), database)


def start_and_find_socket(folder: Path) -> str:
    """Return the socket folder of a run's embedded server, starting the server if need be.

    A kernel uses the server that the command started (run.json says where); a notebook run by
    hand starts one, which ends with the kernel. Writes: cluster and socket, into run.json.
    """
    facts = _facts(folder)
    known = os.environ.get(SOCKET_VARIABLE) or facts.get("socket") or ""
    if known and Path(known, ".s.PGSQL.5432").exists():
        return known
    cluster = Path(facts.get("cluster") or postgres.motomind_home() / "clusters" / folder.name)
    if cluster not in _RUNNING:
        _refuse_deleted(folder, facts)
        _RUNNING[cluster] = postgres.start_server(cluster)
    started = str(_RUNNING[cluster].socket)
    write_json(folder / "run.json", {**facts, "cluster": str(cluster), "socket": started})
    return started


def _refuse_deleted(folder: Path, facts: dict[str, Any]) -> None:
    """Refuse to make an empty cluster in place of one that a run had.

    Raises: MotomindError when it is gone.
    """
    cluster = facts.get("cluster")
    if cluster and not postgres.has_cluster(Path(cluster)):
        raise MotomindError(
            f"run {folder.name}",
            "its embedded cluster",
            "none: it was deleted, or MOTOMIND_HOME names another folder",
            "audit the source again, or name a --target that holds the load",
        )


@contextmanager
def conninfo_meanwhile(folder: Path, database: str) -> Iterator[str]:
    """Give the connection string of a database in a run's server, which runs during the block.

    The run folder stays as it is. Raises: MotomindError when the run has no cluster any more.
    """
    facts = _facts(folder)
    known = os.environ.get(SOCKET_VARIABLE) or facts.get("socket") or ""
    if known and Path(known, ".s.PGSQL.5432").exists():
        yield postgres.private_conninfo(known, database)
        return
    _refuse_deleted(folder, {"cluster": "none", **facts})
    with postgres.embedded_server(Path(facts["cluster"])) as server:
        yield server.conninfo(database)


def is_reachable(folder: Path) -> bool:
    """Return whether a run's embedded server runs or can be started."""
    return bool(_facts(folder).get("cluster") or os.environ.get(SOCKET_VARIABLE))


def started_server(folder: Path) -> postgres.Server:
    """Return the embedded server that this process started for a run. Raises: KeyError."""
    return _RUNNING[Path(_facts(folder)["cluster"])]


def stop_servers() -> None:
    """Stop every server that this process started for a run."""
    while _RUNNING:
        _RUNNING.popitem()[1].stop()


def remove_cluster(folder: Path) -> None:
    """Remove the embedded cluster of a run, if it has one. Writes: removes it."""
    cluster = _facts(folder).get("cluster")
    if cluster:
        shutil.rmtree(cluster, ignore_errors=True)


def _facts(folder: Path) -> dict[str, Any]:
    """Return what run.json holds."""
    return read_json_or_empty(folder / "run.json")

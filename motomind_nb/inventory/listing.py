"""The runs that lie in a folder, the newest last."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motomind_nb.core import read_json_or_empty
from motomind_nb.inventory.clusters import cluster_state

BLOCK = 512  # bytes; POSIX counts what a file takes in blocks of this size


@dataclass(frozen=True)
class ListedRun:
    """One run.

    Columns: id, verdict, source (text), started (time, None where nothing says it), disk (bytes of
    folder and cluster), cluster (kept, in use, deleted, none or elsewhere), place (its folder).
    """

    id: str
    verdict: str
    source: str
    started: datetime | None
    disk: int
    cluster: str
    place: Path
    cluster_place: Path | None


def list_runs(folder: Path) -> list[ListedRun]:
    """Return the runs of a folder in the order of their names. Reads only."""
    found = sorted(path for path in folder.glob("*") if (path / "run.json").exists())
    return [_listed(path) for path in found]


def _listed(folder: Path) -> ListedRun:
    """Return what is known of one run."""
    facts, verdict = _read(folder / "run.json"), _read(folder / "verdict.json")
    cluster = Path(str(facts["cluster"])) if facts.get("cluster") else None
    # a run that only checks another one uses the other one's cluster
    own = cluster is not None and cluster.name == folder.name
    return ListedRun(
        folder.name,
        str(verdict.get("verdict", "none")),
        str(verdict.get("source", facts.get("source", ""))),
        _started(facts),
        _taken(folder) + (_taken(cluster) if own and cluster else 0),
        cluster_state(cluster),
        folder,
        cluster,
    )


def _read(path: Path) -> dict[str, Any]:
    """Return the facts of a file, none where it is damaged."""
    try:
        facts = read_json_or_empty(path)
    except (OSError, ValueError):
        return {"verdict": "damaged"}
    return facts if isinstance(facts, dict) else {"verdict": "damaged"}


def _started(facts: dict[str, Any]) -> datetime | None:
    """Return when a run began."""
    try:
        found = datetime.fromisoformat(str(facts.get("started")))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _taken(folder: Path) -> int:
    """Return the bytes that a folder takes on disk, as far as it can be read."""
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                total += (Path(place) / name).lstat().st_blocks * BLOCK
            except OSError:
                continue
    return total

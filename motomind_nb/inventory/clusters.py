"""The embedded clusters of runs: which are there, and which may go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from motomind_nb import postgres

KEPT, IN_USE, DELETED, ELSEWHERE, NONE = "kept", "in use", "deleted", "elsewhere", "none"


def cluster_state(cluster: Path | None) -> str:
    """Return what became of a run's cluster: kept, in use, deleted, elsewhere or none. Reads only.

    Elsewhere is a cluster that does not lie where this tool makes them, whatever it is.
    """
    if cluster is None:
        return NONE
    if cluster.parent != postgres.motomind_home() / "clusters":
        return ELSEWHERE
    if not postgres.has_cluster(cluster):
        return DELETED
    return IN_USE if _is_running(cluster) else KEPT


def _is_running(cluster: Path) -> bool:
    """Return whether a server works on a cluster."""
    try:
        process = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        os.kill(process, 0)
    except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
        return False
    except OSError:
        return True
    return True


def prune_clusters(clusters: Iterable[Path]) -> list[Path]:
    """Remove clusters that are kept and not in use; return those that are gone.

    What does not lie below MOTOMIND_HOME or is no cluster is never touched.
    Writes: removes their folders.
    """
    gone = []
    for cluster in dict.fromkeys(clusters):
        if cluster_state(cluster) == KEPT and not cluster.is_symlink():
            shutil.rmtree(cluster)
            gone.append(cluster)
    return gone

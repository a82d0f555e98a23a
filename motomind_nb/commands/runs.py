"""``motomind runs``: the runs of a folder, and the clusters that they keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import AsJson, RunsFolder
from motomind_nb.core import as_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motomind_nb.inventory import ListedRun

MEGABYTE = 1 << 20


def runs(
    runs: RunsFolder = Path("runs"),
    prune: Annotated[
        int | None,
        typer.Option(min=0, help="Delete the embedded clusters of runs older than so many days."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the runs of a folder: verdict, age, disk, and whether the cluster is still there.

    Reads only, but for --prune, which deletes clusters and never a run folder.
    """
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb import inventory

        now, gone = datetime.now(UTC), []
        if prune is not None:
            old = clusters_to_prune(inventory.list_runs(runs), now - timedelta(days=prune))
            gone = inventory.prune_clusters(old)
        listed = inventory.list_runs(runs)
    if as_json:
        facts = [_facts(item) for item in listed]
        console.print_object({"runs": facts, "pruned": [str(path) for path in gone]})
        return
    for line in [
        *(_line(item, now) for item in listed),
        *(f"deleted  {as_one_line(path)}" for path in gone),
    ]:
        console.print_line(line)
    if not listed:
        console.print_line(f"no runs in {as_one_line(runs)}")


def clusters_to_prune(listed: Sequence[ListedRun], before: datetime) -> list[Path]:
    """Return the clusters that no run uses which began later; a run without a time is young."""
    young = {
        item.cluster_place for item in listed if item.started is None or item.started >= before
    }
    return [
        item.cluster_place
        for item in listed
        if item.cluster_place is not None and item.cluster_place not in young
    ]


def _facts(item: ListedRun) -> dict[str, Any]:
    """Return a run as one object; disk in bytes."""
    return {
        "id": item.id,
        "verdict": item.verdict,
        "source": item.source,
        "started": item.started.isoformat() if item.started else None,
        "disk": item.disk,
        "cluster": item.cluster,
        "run": str(item.place),
    }


def _line(item: ListedRun, now: datetime) -> str:
    """Return a run as a line."""
    age = _age(now - item.started) if item.started else "?"
    disk = f"{item.disk / MEGABYTE:,.0f} MB"
    name, verdict = as_one_line(item.id), as_one_line(item.verdict)
    told = f"{name:22} {verdict:15} {age:>9} {disk:>10}"
    return f"{told}  cluster {item.cluster:9} {as_one_line(item.source)}"


def _age(time: timedelta) -> str:
    """Return how long ago something was, in its greatest unit."""
    minutes = max(0, int(time.total_seconds() // 60))
    for size, name in ((24 * 60, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{minutes // size:,} {name}"
    return f"{minutes:,} min"

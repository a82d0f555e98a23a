"""The smaller commands: backup, sample, lab, maintain, erase."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from motomind_nb import backup as backups
from motomind_nb import (
    binaries,
    database,
    generate,
    json_source,
    maintain,
    manifest,
    pipeline,
    resources,
)
from motomind_nb import erase as erasing
from motomind_nb import run as runs
from motomind_nb import sample as samples
from motomind_nb import server as servers
from motomind_nb.errors import MotomindError, Refused
from motomind_nb.findings import Finding
from motomind_nb.progress import Tell

FORMATS = ("folder", "json")


def backup(source: str, to: Path, form: str, tell: Tell) -> str:
    """Take a backup of a source into a new folder or JSON file; return one line about it.

    Raises: MotomindError, Refused when something stands where the backup should go.
    """
    if form not in FORMATS:
        raise MotomindError("--format", " or ".join(FORMATS), repr(form), "name one of them")
    if to.exists():
        raise Refused(str(to), "a new path", "something there", "name another with --to")
    if form == "folder":
        held = backup_folder(source, to, tell)
    else:
        with tempfile.TemporaryDirectory() as place:
            held = backup_folder(source, Path(place) / "backup", tell)
            backups.to_json(Path(place) / "backup", to)
    return f"{to}: {held.tables_with_rows()} tables, {held.rows():,} rows, verified"


def backup_folder(source: str, to: Path, tell: Tell) -> manifest.Manifest:
    """Take a backup of any kind of source into a new folder; return its manifest."""
    kind = pipeline.kind_of(source)
    if kind == "json":
        json_source.convert(Path(source), to)
    elif kind == "folder":
        raise Refused(source, "a database or a JSON file", "a backup already", "copy the folder")
    else:
        with source_conninfo(source) as conninfo:
            backups.take(conninfo, to, tell)
    return manifest.verify(to)


@contextmanager
def source_conninfo(source: str) -> Iterator[str]:
    """Give the connection string of a source; a sample lives in a server of its own meanwhile."""
    if not source.startswith("sample"):
        yield database.conninfo(source)
        return
    with servers.running() as running:
        conninfo = running.new_database("source")
        with database.connect(conninfo) as connection:
            samples.create(connection, pipeline.SAMPLES[source])
        yield conninfo


@dataclass(frozen=True)
class Size:
    """How much ``motomind sample`` makes."""

    vehicles: int
    events: int
    seed: int


def sample(target: str, size: Size, truth: Path, tell: Tell) -> str:
    """Fill an empty database with the legacy schema and realistic histories; return one line.

    Raises: MotomindError, Refused when the database is not empty.
    """
    plan = generate.Plan(vehicles=size.vehicles, events=size.events, seed=size.seed)
    with database.connect(database.conninfo(target)) as connection:
        generate.generate(connection, plan, truth, lambda done: tell("events", done, size.events))
    return f"{target}: {size.vehicles:,} vehicles, {size.events:,} events; the truth is in {truth}"


def lab(run: Path | None) -> int:
    """Open JupyterLab on the notebooks, on a finished run if one is named; return its exit code.

    Raises: Refused when the folder holds no run.
    """
    environment = dict(os.environ)
    if run is not None:
        environment[runs.RUN_VARIABLE] = str(runs.open_folder(run).folder)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--notebook-dir={resources.folder('notebooks')}",
    ]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--allow-root")
    return subprocess.run(command, env=environment, check=False).returncode


def maintenance(target: str) -> list[Finding]:
    """Do the rebuilt database's regular jobs once; return what they found.

    Raises: MotomindError, Refused when it is no rebuilt database.
    """
    with database.connect(database.conninfo(target), autocommit=True) as connection:
        return maintain.run(connection)


@dataclass(frozen=True)
class Erasure:
    """Which tenant to erase, the name that confirms it, and the reason for the log."""

    tenant: str
    name: str
    reason: str


def erase(target: str, erasure: Erasure, folder: Path) -> str:
    """Erase a tenant in one transaction; return what was erased and what still holds its data.

    Raises: MotomindError, Refused when the tenant or its name does not fit.
    """
    with database.connect(database.conninfo(target)) as connection:
        counts = erasing.erase(connection, erasure.tenant, erasure.name, erasure.reason)
    rows = sum(counts.values())
    left = [str(path) for path in (*erasing.holding([folder], erasure.tenant),
                                   *_clusters_holding(erasure.tenant))]  # fmt: skip
    lines = [f"tenant {erasure.tenant}: {rows:,} rows erased from {len(counts)} tables"]
    lines += [f"still holds its data, delete it too: {name}" for name in left]
    return "\n".join(lines)


def _clusters_holding(tenant: str) -> list[Path]:
    """Return the embedded clusters of rehearsals that still name the tenant. Reads only."""
    clusters = binaries.home() / "clusters"
    held = erasing.holding([clusters], tenant)
    return list(dict.fromkeys(clusters / path.relative_to(clusters).parts[0] for path in held))

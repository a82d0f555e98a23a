"""Fixtures: one server for the session, one database for each test, cloned from a template."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motomind_nb import binaries
from motomind_nb import run as runs
from motomind_nb import server as servers
from motomind_nb.database import connect
from motomind_nb.run import Run
from motomind_nb.server import Server

NUMBERS = itertools.count(1)
SHARED = "shared"


@pytest.fixture(scope="session", autouse=True)
def no_cluster_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove the clusters of the runs that the tests made: fifty megabytes each."""
    yield
    clusters = binaries.home() / "clusters"
    for path in tmp_path_factory.getbasetemp().rglob("run.json"):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            cluster = Path(str(json.loads(path.read_text()).get("cluster") or ""))
            if cluster.parent == clusters:
                shutil.rmtree(cluster)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The embedded server, stopped with the session."""
    with servers.running() as running:
        running.new_database("template_empty")
        yield running


def clone(server: Server, template: str) -> Iterator[str]:
    """Yield the conninfo of a new database cloned from a template, dropped afterwards."""
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    yield server.create_database(name, template)
    server.drop_database(name)


def template(server: Server, name: str, fill: Callable[[str], None]) -> str:
    """Create a template database once: an empty one that ``fill`` (given its conninfo) fills."""
    if name not in server.databases():
        server.create_database(name, "template_empty")
        fill(server.conninfo(name))
    return name


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """The conninfo of a new empty database with roles and schema extensions."""
    yield from clone(server, "template_empty")


def _legacy(server: Server, data: str) -> Iterator[str]:
    from motomind_nb import sample

    def fill(conninfo: str) -> None:
        with connect(conninfo) as connection:
            sample.create(connection, data)

    yield from clone(server, template(server, f"template_{data}", fill))


@pytest.fixture
def sample_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample."""
    yield from _legacy(server, "sample")


@pytest.fixture
def traps_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample:traps."""
    yield from _legacy(server, "traps")


@pytest.fixture
def unmapped_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample:unmapped."""
    yield from _legacy(server, "unmapped")


@pytest.fixture(scope="session")
def states(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each notebook: the folder of a sample run just before it, its database a template."""
    from motomind_nb import pipeline, sample

    server.new_database("source")
    with connect(server.conninfo("source")) as connection:
        sample.create(connection, "sample")
    base = tmp_path_factory.mktemp("states")
    os.environ[runs.SOCKET_VARIABLE] = str(server.socket)
    run = runs.create(base / "run", "sample", runs.EMBEDDED)
    server.new_database(run.database_name)
    found = {}
    for notebook in runs.NOTEBOOKS:
        found[notebook] = shutil.copytree(run.folder, base / notebook / run.id)
        server.create_database(f"state_{notebook}", run.database_name)
        pipeline.make_up_one(run, notebook)
    os.environ.pop(runs.SOCKET_VARIABLE)
    return found


@pytest.fixture
def run_before(
    server: Server, states: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Run]]:
    """A function: the name of a notebook -> a sample run of one's own just before it."""
    monkeypatch.setenv(runs.SOCKET_VARIABLE, str(server.socket))
    made: list[str] = []

    def run_before(notebook: str) -> Run:
        name = f"run_{os.getpid()}_{next(NUMBERS)}"
        server.create_database(name, f"state_{notebook}")
        made.append(name)
        # findings are kept under the run's id, which is the name of its folder
        state = states[notebook]
        folder = shutil.copytree(state, tmp_path / name / state.name)
        run = Run(folder, "sample", runs.EMBEDDED, name)
        run.note(database_name=name, backup=str(folder / "backup"))
        return run

    yield run_before
    for name in made:
        server.drop_database(name)

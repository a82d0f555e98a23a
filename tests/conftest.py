"""Fixtures: one server for the session, one database for each test, cloned from a template."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from motomind_nb import legacy, postgres, runs
from motomind_nb.desk import opening
from motomind_nb.postgres import Server, connect
from motomind_nb.runs import Run

NUMBERS = itertools.count(1)
# every child process imports the package: compiled anew in each it takes twice as long
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# which part of the long campaigns is run: "fixed" by make test, "rest" by make campaigns, else all
PART = os.environ.get("MOTOMIND_PART", "all")
# bytes that a session's server takes at most, with its write-ahead log
ROOM_IN_MEMORY = 6 * 2**30
# the modules that take longest, the longest first
SLOWEST = (
    "test_last_word",
    "test_outages",
    "test_planted_faults",
    "test_objects_gone",
    "test_audit_sample",
    "test_notebooks",
    "test_nothing_foreign_runs",
    "test_cli",
    "test_staging",
    "test_audit_servers",
    "test_targets",
    "test_mutants",
    "test_audit_sources",
    "test_machine_output",
    "test_as_built",
    "test_schema",
    "test_profile",
    "test_accepted",
    "test_audited",
    "test_cron",
    "test_full_disks",
    "test_witness",
    "test_lab",
)


def pytest_configure(config: pytest.Config) -> None:
    """Let several processes take the modules in the order in which they were collected."""
    config.option.loadscopereorder = False
    config.addinivalue_line(
        "markers",
        "campaign(every): a long family, of which every so many of a module's are in make test;"
        " without a number a long test whose neighbours are there",
    )
    # make test plants the same examples each time; make shuffled, which says its seed, explores
    settings.register_profile("the same each time", derandomize=True)
    if not config.pluginmanager.hasplugin("randomly"):
        settings.load_profile("the same each time")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slowest modules, so that no process works on when the others have ended."""
    left_out = list(not_in_part(items))
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]
    if not config.pluginmanager.hasplugin("randomly"):
        place = {name: number for number, name in enumerate(SLOWEST)}
        items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def not_in_part(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that this part leaves out: of each module's campaign the first stays, and so on.

    ``fixed``: all tests of no campaign, and of a module's campaign every so many, from its first,
    where it says how many. ``rest``: what fixed leaves out.
    """
    seen: dict[Path, int] = {}
    for item in items:
        mark = item.get_closest_marker("campaign")
        every = mark.kwargs.get("every") if mark else 1
        place = seen.get(item.path, 0)
        fixed = every is not None and place % every == 0
        seen[item.path] = place + (mark is not None and every is not None)
        if PART != "all" and fixed != (PART == "fixed"):
            yield item


@pytest.fixture(scope="session", autouse=True)
def no_cluster_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove the clusters of the runs that the tests made: fifty megabytes each."""
    yield
    clusters = postgres.motomind_home() / "clusters"
    for path in tmp_path_factory.getbasetemp().rglob("run.json"):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            cluster = Path(str(json.loads(path.read_text()).get("cluster") or ""))
            if cluster.parent == clusters:
                shutil.rmtree(cluster)


def place_of_cluster() -> Path | None:
    """A new folder in memory where there is room: the tests clone templates of 700 files.

    None: the system's temporary folder, which a container's small shared memory leads to.
    """
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM_IN_MEMORY:
        return None
    return memory / f"motomind-tests-{os.getpid()}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The embedded server, stopped with the session."""
    with postgres.embedded_server(place_of_cluster(), temporary=True) as running:
        running.new_database("template_empty")
        yield running


def clone(server: Server, template: str) -> Iterator[str]:
    """Yield the conninfo of a new database cloned from a template, dropped afterwards."""
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    yield server.create_database(name, template)
    server.drop_database(name)


def execute(conninfo: str, *statements: str) -> None:
    """Execute statements in one transaction."""
    with connect(conninfo) as connection:
        for statement in statements:
            connection.execute(statement)


def value(conninfo: str, statement: str) -> Any:
    """The first value of a query."""
    with connect(conninfo) as connection:
        return postgres.value(connection, statement)


@contextlib.contextmanager
def rolled_back(conninfo: str) -> Iterator[postgres.Connection]:
    """A connection inside a transaction that is rolled back."""
    with (
        connect(conninfo, autocommit=True) as connection,
        connection.transaction(force_rollback=True),
    ):
        yield connection


def template(server: Server, name: str, fill: Callable[[str], None]) -> str:
    """Create a template database once: an empty one that ``fill`` (given its conninfo) fills."""
    if name not in server.databases():
        server.create_database(name, "template_empty")
        fill(server.conninfo(name))
    return name


@contextlib.contextmanager
def in_shared(server: Server, of: str) -> Iterator[postgres.Connection]:
    """A connection to a clone of a template, in a transaction that is rolled back.

    All tests of a process share the clone: a clone for each takes longer than most of them.
    """
    name = f"shared_{of}"
    if name not in server.databases():
        server.create_database(name, of)
    with rolled_back(server.conninfo(name)) as connection:
        yield connection


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """The conninfo of a new empty database with roles and schema extensions."""
    yield from clone(server, "template_empty")


def legacy_template(server: Server, data: str) -> str:
    """The name of a template database with the legacy schema and a data set."""

    def fill(conninfo: str) -> None:
        with connect(conninfo) as connection:
            legacy.create_sample(connection, data)

    return template(server, f"template_{data}", fill)


@pytest.fixture
def sample_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample."""
    yield from clone(server, legacy_template(server, "sample"))


@pytest.fixture
def traps_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample:traps."""
    yield from clone(server, legacy_template(server, "traps"))


@pytest.fixture
def unmapped_database(server: Server) -> Iterator[str]:
    """The conninfo of a database with the legacy schema and the data set sample:unmapped."""
    yield from clone(server, legacy_template(server, "unmapped"))


@pytest.fixture(scope="session")
def states(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each notebook: the folder of a sample run just before it, its database a template."""
    server.new_database("source")
    with connect(server.conninfo("source")) as connection:
        legacy.create_sample(connection, "sample")
    base = tmp_path_factory.mktemp("states")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(runs.SOCKET_VARIABLE, str(server.socket))
        run = runs.create_run(base / "run", runs.Sample("sample"), runs.Embedded())
        server.new_database(run.database_name)
        for notebook in runs.NOTEBOOKS:
            found[notebook] = shutil.copytree(run.folder, base / notebook / run.id)
            server.create_database(f"state_{notebook}", run.database_name)
            opening.run_stage_without_notebook(run, notebook)
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
        run = Run(folder, runs.Sample("sample"), runs.Embedded(), name)
        run.note(database_name=name, backup=str(folder / "backup"))
        return run

    yield run_before
    for name in made:
        server.drop_database(name)

"""Fixtures: one server for the session, one database for each test, cloned from a template."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest

from motomind_nb import server as servers
from motomind_nb.database import connect
from motomind_nb.server import Server

NUMBERS = itertools.count(1)
SHARED = "shared"


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

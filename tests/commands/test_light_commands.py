"""A command imports what it needs: no frames, charts or kernels for a look at a database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_place import VARIABLE, Fleet, fleet

from motomind_nb.postgres import Server

HEAVY = (
    *("numpy", "pandas", "matplotlib", "sqlalchemy", "papermill", "jupyter_client", "IPython"),
    *("cryptography", "jinja2"),
)
# the command line, then how it ended and what it imported
CHILD = """
import sys
from motomind_nb.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    print("exit", end.code, *sys.modules)
"""


def imported(*words: object, first: str = "") -> set[str]:
    """What a command that ends well imports of what is heavy."""
    command = [sys.executable, "-c", first + CHILD, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1].split()
    assert last[:2] == ["exit", "0"], done.stdout
    return set(HEAVY).intersection(last)


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A legacy database whose variable is set, with its rehearsal."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_looked_at") as one:
        yield one


def test_a_look_at_a_database_imports_nothing_heavy(held: Fleet) -> None:
    database = ("--database", f"env:{VARIABLE}")
    assert imported("status", *database) == set()
    rehearsal = ("--rehearsal", held.rehearsal.folder)
    assert imported("apply", *database, *rehearsal, "--plan") == set()


def test_commands_on_files_import_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "page.sql").write_text("SELECT 1")
    for words in (("--help",), ("sql",), ("runs", "--runs", tmp_path), ("names", tmp_path)):
        assert imported(*words) == set(), words
    assert imported("--help", first="import pandas") == {"numpy", "pandas"}

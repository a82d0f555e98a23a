"""Whatever stops an act in place, the database is whole: as before or as after, and says which."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_place import Fleet, fleet

from motomind_nb.postgres import Server

STOPPED = Path(__file__).parents[1] / "stopped.py"
TORTURE = bool(os.environ.get("MOTOMIND_TORTURE"))  # make torture stops at each statement
FEW = 6  # places at which make test stops each act
ENDED = {"apply": "applied", "rollback": "rolled back", "carry": "rolled back"}
WRITTEN = (
    "UPDATE public.garages SET name = 'Renamed'",
    "INSERT INTO public.tenants (name) VALUES ('Since')",
)


def run(held: Fleet, act: str, at: int, how: str) -> subprocess.CompletedProcess[str]:
    """Run an act that is stopped at a statement."""
    return subprocess.run(
        [sys.executable, str(STOPPED), act, str(held.rehearsal.folder), str(at), how],
        env={**os.environ, "FLEET": held.conninfo, "FLEET_OF_TOMORROW": held.conninfo},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A fleet that is applied and taken back again and again."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_stopped") as one:
        yield one


def begin(held: Fleet, act: str, folder: Path) -> None:
    """Bring the fleet where the act begins."""
    if act == "apply" and held.state() == "applied":
        held.roll_back(folder, carry=True)
    if act != "apply" and held.state() != "applied":
        held.apply()
    if act == "carry":
        held.execute(*WRITTEN)


@pytest.mark.parametrize("act", ["apply", "rollback", "carry"])
def test_an_act_is_whole_wherever_it_is_stopped(held: Fleet, act: str, tmp_path: Path) -> None:
    begin(held, act, tmp_path)
    number = counted(held, act, tmp_path)
    begin(held, act, tmp_path)
    before = held.dump()
    state = held.state()
    every = 1 if TORTURE else number // FEW
    points = [*range(number % every + 1, number, every), number]
    for place, at in enumerate(points):
        how = ("kill", "end")[place % 2]
        done = run(held, act, at, how)
        assert done.returncode != 0, (at, how, done.stdout)
        assert held.state() == state, (at, how)
        assert held.dump() == before, (at, how)
    assert run(held, act, 0, "never").returncode == 0  # and then it goes through
    assert held.state() == ENDED[act]


def counted(held: Fleet, act: str, folder: Path) -> int:
    """How many statements the act sends, once carried out; the fleet is brought back."""
    done = run(held, act, 0, "never")
    assert done.returncode == 0, done.stderr
    begin(held, act, folder)
    return int(done.stdout)

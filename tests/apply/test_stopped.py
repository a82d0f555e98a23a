"""Whatever stops an act in place, the database is whole: as before or as after, and says which."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from in_place import Fleet, fleet

from motomind_nb import backup
from motomind_nb.postgres import Server

STOPPED = Path(__file__).parents[1] / "stopped.py"
TORTURE = bool(os.environ.get("MOTOMIND_TORTURE"))  # make torture stops at each statement
EVERY = 1 if TORTURE else 25
RACES = 30 if TORTURE else 6
ENDED = {"apply": "applied", "rollback": "rolled back", "carry": "rolled back", "retire": "retired"}
WRITTEN = (
    "UPDATE public.garages SET name = 'Renamed'",
    "INSERT INTO public.tenants (name) VALUES ('Since')",
)


@dataclass(frozen=True)
class Stoppable:
    """A fleet, and the process that carries out acts on it and is stopped."""

    fleet: Fleet
    process: subprocess.Popen[str]
    backup: Path
    discarded: Path

    def order(self, act: str, how: str, at: int = 0, delay: float = 0.0) -> tuple[int, str]:
        """Carry out an act; the exit code, and what was said."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{act},{at},{how},{delay}\n")
        self.process.stdin.flush()
        code, _, said = self.process.stdout.readline().partition(" ")
        return int(code), ast.literal_eval(said)

    def begin(self, act: str) -> None:
        """Bring the fleet where the act begins."""
        state = self.fleet.state()
        if act == "apply" and state == "applied":
            self.fleet.roll_back(self.discarded, carry=True)
        if act != "apply" and state != "applied":
            self.fleet.apply()
        if act == "carry":
            self.fleet.execute(*WRITTEN)
        if act == "retire":
            backup.take_backup(self.fleet.conninfo, self.backup, applied=True)


@contextmanager
def stoppable(server: Server, folder: Path, name: str) -> Iterator[Stoppable]:
    """Give a fleet and the process beside it."""
    with fleet(server, folder, name) as one:
        place, discarded = folder / "last backup", folder / "discarded"
        discarded.mkdir()
        with subprocess.Popen(
            [sys.executable, STOPPED, one.rehearsal.folder, place, discarded],
            env={**os.environ, "FLEET": one.conninfo, "FLEET_OF_TOMORROW": one.conninfo},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield Stoppable(one, process, place, discarded)


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    """A fleet that is applied and taken back again and again."""
    with stoppable(server, tmp_path_factory.mktemp("runs"), "fleet_stopped") as one:
        yield one


def test_at_commit_it_is_whole_before_or_whole_after_and_the_server_says_which(
    held: Stoppable,
) -> None:
    seen = {"before": 0, "after": 0}
    held.begin("apply")
    legacy = held.fleet.dump()
    longest = {act: float(held.order(act, "go")[1]) for act in ("apply", "rollback")}
    for number in range(RACES):
        act = "rollback" if held.fleet.state() == "applied" else "apply"
        how = ("kill", "end", "cut")[number % 3]
        state = held.fleet.state()
        delay = longest[act] * 1.2 * number / (RACES - 1)
        code, said = held.order(act, f"{how} at commit", delay=delay)
        now = held.fleet.state()
        is_after = now != state
        seen["after" if is_after else "before"] += 1
        told = (act, how, delay, code, said)
        assert now in {state, ENDED[act]}, told
        if how == "kill":
            assert code == -9 or is_after, told
        else:  # what the command says is what became of it
            assert (code == 0) == is_after and ("aborted" in said) != is_after, told
        again, answer = held.order(act, "count")
        assert (again == 0) != is_after and (not is_after or now in answer), answer
    held.begin("apply")
    assert held.fleet.dump() == legacy
    print(f"{RACES} races at COMMIT: {seen}")


@pytest.mark.parametrize("act", ["apply", "rollback", "carry", "retire"])
def test_an_act_is_whole_wherever_it_is_stopped(held: Stoppable, act: str) -> None:
    held.begin(act)
    before, state = held.fleet.dump(), held.fleet.state()
    code, number = held.order(act, "count")
    assert code == 0, number
    points = [*range(1, int(number), EVERY), int(number)]
    for place, at in enumerate(points):
        how = ("kill", "end")[place % 2]
        code, said = held.order(act, how, at)
        assert code == (-9 if how == "kill" else 1), (at, how, said)
        assert held.fleet.state() == state, (at, how)
        assert not TORTURE or held.fleet.dump() == before, (at, how)
    assert held.fleet.dump() == before  # nothing mends what one of them damaged
    print(f"{act}: stopped at {len(points)} of {number} statements")
    code, said = held.order(act, "go")
    assert code == 0, said  # and then it goes through
    assert held.fleet.state() == ENDED[act]

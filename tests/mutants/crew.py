"""The processes of ``make mutants`` and the faults that are handed out to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from faults import ROOT, Fault
from states import LOADED, STAGED, VARIABLE, States

HERE = Path(__file__).resolve().parent
# the damages that other tests plant by hand are a panel of the checks
TESTS = (HERE, HERE.parent, HERE.parent / "rebuilt", HERE.parent / "reconcile")
FRESH = 150  # faults after which a process gets new databases: what is rolled back leaves dead rows


@dataclass(frozen=True)
class Answer:
    """A fault and what the audit said."""

    fault: Fault
    said: dict[str, Any]

    @property
    def seen(self) -> str:
        """The check that saw the fault, empty where none did."""
        return str(self.said["seen"])

    @property
    def changes_something(self) -> bool:
        """Whether the fault could be planted and made anything different."""
        return not self.said.get("same") and not self.said.get("refused")


def judge(
    states: States, faults: Sequence[Fault], workers: int, tell: Callable[[Answer], None]
) -> list[Answer]:
    """Plant every fault and return what became of each, in the order of the faults."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for place in range(len(faults)):
        waiting.put(place)
    found: dict[int, Answer] = {}

    def work(number: int) -> None:
        while not waiting.empty():
            with _process(states, number) as ask:
                for _ in range(FRESH):
                    try:
                        place = waiting.get_nowait()
                    except Empty:
                        return
                    found[place] = Answer(faults[place], ask(faults[place]))
                    tell(found[place])

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
    return [found[place] for place in range(len(faults))]


@contextmanager
def _process(states: States, number: int) -> Iterator[Callable[[Fault], dict[str, Any]]]:
    """A process with a copy of the package and clones of both templates."""
    copy = states.folder.parent / f"copy_{number}"
    shutil.rmtree(copy, ignore_errors=True)
    for name in ("motomind_nb", "schema"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    names = {"staged": f"mutants_staged_{number}", "loaded": f"mutants_loaded_{number}"}
    facts = dict(states.facts)
    for which, template in (("staged", STAGED), ("loaded", LOADED)):
        facts[which] = states.server.create_database(names[which], template)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, (copy, *TESTS))),
        "PYTHONDONTWRITEBYTECODE": "1",
        VARIABLE: states.source,
    }
    worker = subprocess.Popen(
        [sys.executable, str(HERE / "worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=copy,
    )
    try:
        _said(worker, facts)
        yield lambda fault: _said(worker, fault.facts())
    finally:
        assert worker.stdin and worker.stdout
        worker.stdin.close()
        worker.wait()
        worker.stdout.close()
        for name in names.values():
            states.server.drop_database(name)


def _said(worker: subprocess.Popen[str], given: dict[str, Any]) -> dict[str, Any]:
    """What a process answers to one line."""
    assert worker.stdin and worker.stdout
    worker.stdin.write(json.dumps(given) + "\n")
    worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        raise RuntimeError(f"a process of mutants ended while it had {given.get('what', given)}")
    said: dict[str, Any] = json.loads(line)
    return said

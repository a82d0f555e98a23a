"""What a stage that runs in a kernel tells others: where it stands, and how long its steps took.

A kernel has no terminal: it writes where it stands into the run folder, and the command looks
there a few times a second. In JupyterLab, where no command waits, the cell shows it meanwhile.
How long each step took, a migration in place predicts its waits by.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motomind_nb.core import Tell, pace, read_json_or_empty, write_json
from motomind_nb.postgres import Connection, query, rows
from motomind_nb.runs.run import Run
from motomind_nb.runs.verdict import WAITING_VARIABLE

FILE = "progress.json"
LAB_VARIABLE = "JPY_SESSION_NAME"  # set by Jupyter's server for the kernel of a notebook
SECONDS = 0.3


def progress_writer(folder: Path) -> Tell:
    """Return a function (name, done, total) that tells where a stage of a run stands.

    Writes: progress.json in the run folder, a few times a second at most and at the end. In a
    notebook of JupyterLab the cell shows the same until the work has ended.
    """
    last = 0.0
    by_hand = os.environ.get(LAB_VARIABLE) and not os.environ.get(WAITING_VARIABLE)
    show = _cell_writer() if by_hand else None

    def tell(name: str, done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last > SECONDS:
            last = time.monotonic()
            write_json(folder / FILE, {"name": name, "done": done, "total": total})
            if show:
                show(name, done, total)

    return tell


def _cell_writer() -> Tell:
    """Return a function (name, done, total) that shows a line below the cell that runs.

    When the work has ended the line goes, so that a saved notebook holds no times.
    """
    from IPython.display import clear_output

    begun: dict[str, float] = {}

    def show(name: str, done: int, total: int) -> None:
        seconds = time.monotonic() - begun.setdefault(name, time.monotonic())
        clear_output(wait=done < total)  # type: ignore[no-untyped-call]
        if done < total:
            rate = pace(done, total, seconds)
            print(f"{name}: {done:,} of {total:,}{', ' if rate else ''}{rate}", flush=True)

    return show


def read_progress(folder: Path) -> dict[str, Any]:
    """Return what a stage wrote down last: name, done, total; nothing where none did."""
    return read_json_or_empty(folder / FILE)


@contextmanager
def keep_seconds(run: Run, step: str) -> Iterator[None]:
    """Note how many seconds a step takes that ends well. Writes: step_seconds in run.json."""
    started = time.monotonic()
    yield
    seconds = round(time.monotonic() - started, 4)
    run.note(step_seconds=run.facts().get("step_seconds", {}) | {step: seconds})


@contextmanager
def keep_bytes(run: Run, connection: Connection) -> Iterator[None]:
    """Note how many bytes work in a database takes: its files, and the server's log meanwhile.

    Writes: bytes_taken in run.json.
    """
    before = rows(connection, query("runs/bytes"))[0]
    yield
    after = rows(connection, query("runs/bytes"))[0]
    run.note(bytes_taken={name: int(after[name] - held) for name, held in before.items()})


@contextmanager
def forward_kernel_progress(folder: Path, tell: Tell) -> Iterator[None]:
    """Hand on what kernels write down while the block runs. Writes: removes progress.json."""
    over = threading.Event()
    listener = threading.Thread(target=_listen, args=(folder, tell, over), daemon=True)
    listener.start()
    try:
        yield
    finally:
        over.set()
        listener.join()
        (folder / FILE).unlink(missing_ok=True)


def _listen(folder: Path, tell: Tell, over: threading.Event) -> None:
    """Tell each new state until the block is over."""
    told: dict[str, object] = {}
    while not over.wait(SECONDS):
        state = read_progress(folder)
        if state and state != told:
            told = state
            tell(f"  {state['name']}", state["done"], state["total"])

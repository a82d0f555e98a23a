"""What a stage that runs in a kernel tells others: where it stands, and how long its steps took.

A kernel has no terminal: it writes where it stands into the run folder, and the command looks
there a few times a second. How long each step took, a migration in place predicts its waits by.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motomind_nb.core import Tell, read_json_or_empty, write_json
from motomind_nb.runs.run import Run

FILE = "progress.json"
SECONDS = 0.3


def progress_writer(folder: Path) -> Tell:
    """Return a function (name, done, total) that writes down where a stage of a run stands.

    Writes: progress.json in the run folder, a few times a second at most and at the end.
    """
    last = 0.0

    def tell(name: str, done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last > SECONDS:
            last = time.monotonic()
            write_json(folder / FILE, {"name": name, "done": done, "total": total})

    return tell


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

"""How far a command is: bars on a terminal, else a line now and then; none ever stands still."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, Task, TextColumn, TimeElapsedColumn

from motomind_nb.core import Tell, pace

SECONDS = 20.0  # after which whoever waits reads a line more, where no terminal shows a bar


@dataclass
class Work:
    """One piece of work: when it began, how far it is, when that was last said."""

    begun: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0


@contextmanager
def show_progress(write: Callable[[str], None], seconds: float = SECONDS) -> Iterator[Tell]:
    """Give a function (name, done, total) that draws bars on a terminal, else writes lines."""
    console = Console(stderr=True)
    with _bars(console) if console.is_terminal else lines(write, seconds) as tell:
        yield tell


class PaceColumn(TextColumn):
    """How fast a bar goes, and how long it still takes."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Any:
        """Return the words."""
        self.text_format = pace(int(task.completed), int(task.total or 0), task.elapsed or 0)
        return super().render(task)


@contextmanager
def _bars(console: Console) -> Iterator[Tell]:
    """Give a function that draws bars; what turns and the time go on while a statement runs.

    Of what has ended its line stays, with its time.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:24}"),
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,}"),
        PaceColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}
        going: dict[str, Work] = {}

        def tell(name: str, done: int, total: int) -> None:
            work = going.setdefault(name, Work())
            work.done, work.total = done, total
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done, total=total)
            if total and done >= total:
                bars.remove_task(tasks.pop(name))
                bars.console.print(ended(name, going.pop(name)), markup=False, highlight=False)

        yield tell


@contextmanager
def lines(write: Callable[[str], None], seconds: float) -> Iterator[Tell]:
    """Give a function that writes a line where something ends, and one each so many seconds."""
    going: dict[str, Work] = {}
    said = time.monotonic()
    lock, over = threading.Lock(), threading.Event()

    def tell(name: str, done: int, total: int) -> None:
        nonlocal said
        with lock:
            work = going.setdefault(name, Work())
            work.done, work.total = done, total
            if total and done >= total:
                write(ended(name, going.pop(name)))
                said = time.monotonic()

    def remind() -> None:
        nonlocal said
        while not over.wait(min(1.0, seconds / 4)):
            with lock:
                if going and time.monotonic() - said >= seconds:
                    write(underway(*list(going.items())[-1]))
                    said = time.monotonic()

    reminder = threading.Thread(target=remind, daemon=True)
    reminder.start()
    try:
        yield tell
    finally:
        over.set()
        reminder.join()


def ended(name: str, work: Work) -> str:
    """Return the line of a piece of work that has ended.

    What is first heard of when it is over was too short to be timed.
    """
    seconds = time.monotonic() - work.begun
    timed = f", {seconds:.1f} s" if seconds > 0.05 else ""
    rate = f", {pace(work.done, work.total, seconds)}" if seconds >= 1 and work.done > 99 else ""
    return f"{name}: {work.done:,} of {work.total:,}{timed}{rate}"


def underway(name: str, work: Work) -> str:
    """Return the line of a piece of work that goes on."""
    seconds = time.monotonic() - work.begun
    told = [f"{work.done:,} of {work.total:,}", pace(work.done, work.total, seconds)]
    return f"{name}: {', '.join(filter(None, told))}, {seconds:.0f} s so far"

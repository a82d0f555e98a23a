"""How far a piece of work is, told to whoever waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

# called with the name of the work, how many of its parts are done, and how many there are
Tell = Callable[[str, int, int], None]


def no_progress(name: str, done: int, total: int) -> None:
    """Tell nobody."""


class RowsDone:
    """The rows of several tables that are done, counted by any number of threads.

    ``expected`` are the rows of each table as far as they are known before; a table that turns out
    to hold more, or fewer, corrects the sum.
    """

    def __init__(self, tell: Tell, name: str, expected: Mapping[str, int]) -> None:
        self.tell, self.name, self.expected = tell, name, dict(expected)
        self.done = dict.fromkeys(expected, 0)
        self.lock = threading.Lock()

    def add(self, table: str, rows: int) -> None:
        """Count more rows of a table, and tell."""
        with self.lock:
            self.done[table] += rows
            self.expected[table] = max(self.expected[table], self.done[table])
            self.tell(self.name, sum(self.done.values()), sum(self.expected.values()))

    def finish(self, table: str) -> None:
        """Expect no more rows of a table than were counted, and tell."""
        with self.lock:
            self.expected[table] = self.done[table]
            self.tell(self.name, sum(self.done.values()), sum(self.expected.values()))


def pace(done: int, total: int, seconds: float) -> str:
    """Return how fast a piece of work goes and how long it still takes, in words.

    Empty as long as nothing is done, or after less than a second: a guess from that is none.
    """
    if done <= 0 or seconds < 1:
        return ""
    rate = done / seconds
    said = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    return said if done >= total else f"{said}, about {in_words((total - done) / rate)} left"


def in_words(seconds: float) -> str:
    """Return a time in words: ``40 s``, ``3 min``, ``2 h 5 min``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"

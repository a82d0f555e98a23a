"""How far a piece of work is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

# called with the name of the work, how many of its parts are done, and how many there are
Tell = Callable[[str, int, int], None]


def no_progress(name: str, done: int, total: int) -> None:
    """Tell nobody."""

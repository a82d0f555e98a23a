"""SIGTERM, SIGHUP and Ctrl-C: each ends a run with a verdict, and none comes after it.

From the moment in which a run's verdict is settled they do nothing, so that the exit code is the
verdict's. Only the command line listens to them; in a library they stay what they were.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from motomind_nb.runs.errors import Stopped

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
_heeded = threading.Event()  # set while a signal still ends what is done


def listen_to_stops() -> None:
    """Let the signals that end a command end it in order, the first of them only."""
    if threading.current_thread() is not threading.main_thread():
        return
    _heeded.set()
    for name in SIGNALS:
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Raise what the signal means, once. Raises: Stopped, KeyboardInterrupt."""
    if _heeded.is_set():
        _heeded.clear()
        raise KeyboardInterrupt if number == signal.SIGINT else Stopped


@contextmanager
def heeding_stops() -> Iterator[None]:
    """Heed the signals in the block; at its end, however it ends, nothing stops the process."""
    try:
        yield
    finally:
        _heeded.clear()

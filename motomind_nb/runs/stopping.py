"""SIGTERM, SIGHUP and Ctrl-C: each ends a run with a verdict, and none comes after it.

From the moment in which a run's verdict is settled they do nothing, so that the exit code is the
verdict's. Only the command line listens to them; in a library they stay what they were.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from motomind_nb.runs.errors import Stopped

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
_listening = threading.Event()
_heeded = threading.Event()  # set while a signal still ends what is done


def handle_stop_signals() -> None:
    """Let the signals that end a command end it in order, the first of them only."""
    if threading.current_thread() is threading.main_thread():
        _heeded.set()
        _listening.set()
        _handle(_stop)


def _handle(what: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Let the signals do something from now on."""
    for name in SIGNALS:
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), what)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Raise what the signal means, once. Raises: Stopped, KeyboardInterrupt."""
    if _heeded.is_set():
        _heeded.clear()
        raise KeyboardInterrupt if number == signal.SIGINT else Stopped


@contextmanager
def heed_signals_in_block() -> Iterator[None]:
    """Heed the signals in the block; at its end, however it ends, nothing stops the process."""
    try:
        yield
    finally:
        _heeded.clear()
        if _listening.is_set():  # a function of ours would be forgotten when Python ends
            _handle(signal.SIG_IGN)

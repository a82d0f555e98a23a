"""CPU seconds: of a server's ended sessions, of one session, of this process and its children.

On a machine that others use too they say more than the clock does.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from motomind_nb.postgres import Connection, value

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What something took: seconds by the clock, and CPU seconds of server and client."""

    seconds: float
    processor: float


def session_seconds(connection: Connection) -> float:
    """Return the CPU seconds of the connection's own session of a server of this machine."""
    user, system, _, _ = times(connection.info.backend_pid)
    return user + system


def server_seconds(connection: Connection) -> float:
    """Return the CPU seconds of the server and of all its sessions that have ended."""
    folder = Path(value(connection, b"SHOW data_directory"))
    return sum(times(int((folder / "postmaster.pid").read_text().splitlines()[0])))


def children_seconds() -> float:
    """Return the CPU seconds of this process's children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost(connection: Connection, act: Callable[[], object]) -> Cost:
    """Return what an act took that works through the connection, its parallel workers included."""
    start, before = time.perf_counter(), _all_seconds(connection)
    act()
    return Cost(time.perf_counter() - start, _all_seconds(connection) - before)


def _all_seconds(connection: Connection) -> float:
    return time.process_time() + session_seconds(connection) + server_seconds(connection)


def times(pid: int) -> list[float]:
    """Return the CPU seconds of a process and of its ended children: user, system, then theirs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [int(field) / TICKS for field in fields[11:15]]

"""A whole audit as a user runs it, timed stage by stage, with the statements that cost the most."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from processors import children_seconds

from motomind_nb.postgres import Server, connect
from motomind_nb.runs import NOTEBOOKS

# a new server's own values of what the embedded server sets, and what shows its statements
PLAIN = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    "max_wal_senders": "10",
    "max_wal_size": "1GB",
    "shared_buffers": "128MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "64MB",
    "jit": "on",
    "shared_preload_libraries": "pg_stat_statements,auto_explain",
    "compute_query_id": "on",
}
SLOWEST = """
SELECT query AS statement, calls, total_exec_time / 1000 AS seconds
FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = 'bench_target')
ORDER BY total_exec_time DESC
"""
SIZE = "SELECT pg_database_size(current_database())"
SIZES = """
SELECT
    CASE
        WHEN n.nspname = 'legacy' THEN 'staged copy'
        WHEN n.nspname = 'audit' THEN 'evidence in the database'
        WHEN c.relkind = 'm' OR i.relkind = 'm' THEN 'rebuilt: timeline'
        WHEN n.nspname IN ('public', 'private') AND c.relkind = 'i' THEN 'rebuilt: indexes'
        WHEN n.nspname IN ('public', 'private') THEN 'rebuilt: tables'
        ELSE 'catalog'
    END AS part,
    sum(pg_relation_size(c.oid)) / 1048576 AS megabytes
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_index AS x ON c.oid = x.indexrelid
LEFT JOIN pg_class AS i ON x.indrelid = i.oid
GROUP BY 1
ORDER BY 2 DESC
"""
PLAN = re.compile(
    r"duration: ([\d.]+) ms  plan:\n(.*?)(?=^\d{4}-\d\d-\d\d |\Z)", re.DOTALL | re.MULTILINE
)
DEAREST = 5  # statements whose plans are kept
LINES = 24  # of a plan


@dataclass
class Audit:
    """What one audit took: seconds, megabytes, the statements and plans of its target.

    ``disk``: the run folder and the target's database; ``places``: what of it lies where.

    ``processor``: CPU seconds of its processes and, on a plain server, of that server.
    """

    stages: dict[str, float] = field(default_factory=dict)
    whole: float = 0
    processor: float = 0
    memory: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    disk: int = 0
    places: dict[str, int] = field(default_factory=dict)
    statements: list[tuple[str, int, float]] = field(default_factory=list)


def audit(source: str, target: str, folder: Path) -> Audit:
    """Run ``motomind audit`` in a process of its own; without a target on the embedded server."""
    command = [sys.executable, "-m", "motomind_nb", "audit", "--source", source]
    command += ["--runs", str(folder)] + (["--target", target] if target else [])
    start, before = time.perf_counter(), children_seconds()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = Peak(process.pid)
    process.wait()
    taken = Audit(whole=time.perf_counter() - start, memory=peak.stop(), parts=peak.parts)
    taken.processor = children_seconds() - before
    (run,) = folder.iterdir()
    taken.stages = stage_seconds(run)
    taken.disk = sum(path.stat().st_size for path in run.rglob("*") if path.is_file()) >> 20
    taken.places = {"run folder": taken.disk}
    return taken


def stage_seconds(run: Path) -> dict[str, float]:
    """Return how long each notebook's stage took, by the marks that a run leaves."""
    started = json.loads((run / "run.json").read_text())["started"]
    before = datetime.fromisoformat(started).timestamp()
    found = {}
    for name in NOTEBOOKS[:-1]:
        mark = run / "stages" / f"{name}.json"
        if mark.exists():
            found[name] = mark.stat().st_mtime - before
            before = mark.stat().st_mtime
    return found


class Peak:
    """The most memory that a process and its Python children held at once, in megabytes.

    It is the sum of their PSS (/proc/PID/smaps_rollup): a page that forks share counts once in all.
    RSS would count it in each of them, USS in none.
    ``parts``: how it was shared then, by what each process is.
    """

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.ended = pid, 0, threading.Event()
        self.parts: dict[str, int] = {}
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        """Stop looking; return the peak."""
        self.ended.set()
        self.thread.join()
        return self.most

    def _watch(self) -> None:
        while not self.ended.wait(0.5):
            family = _family(self.pid)
            held = [(_word(pid, self.pid), _shared_out(pid) >> 10) for pid in family]
            whole = sum(size for _, size in held)
            if whole > self.most:
                self.most, self.parts = whole, {}
                for word, size in held:
                    self.parts[word] = self.parts.get(word, 0) + size


def _word(pid: int, first: int) -> str:
    """What a process of an audit is."""
    if pid == first:
        return "command"
    try:
        text = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return "ended"
    words = {"keeper": "keeper", "fork_server": "fork server and kernel", "stub": "stub"}
    return next((said for word, said in words.items() if word in text), "other")


def _family(pid: int) -> list[int]:
    """A process and what it started, without the servers of PostgreSQL."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if "(postgres" not in name:
            children.setdefault(int(rest.split()[1]), []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def _shared_out(pid: int) -> int:
    """The PSS of one process in kB: of a page that n processes share, the nth part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])  # type: ignore[index]


def statements(server: Server) -> list[tuple[str, int, float]]:
    """The statements of a server's target, dearest first: text, calls, seconds; then forgotten."""
    with connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        found = connection.execute(SLOWEST.encode()).fetchall()
        connection.execute("SELECT pg_stat_statements_reset()")
    return [(str(text), int(calls), float(seconds)) for text, calls, seconds in found]


def database_megabytes(conninfo: str) -> int:
    """The size of a database."""
    with connect(conninfo) as connection:
        (row,) = connection.execute(SIZE.encode()).fetchall()
    return int(row[0]) >> 20


def database_parts(conninfo: str) -> dict[str, int]:
    """The megabytes of a rehearsal's database by what they hold, the largest part first."""
    with connect(conninfo) as connection:
        return {str(part): int(held) for part, held in connection.execute(SIZES.encode())}


def plans(server: Server, start: int) -> list[tuple[float, str]]:
    """The plans of the slowest queries in the server's log from a byte on: seconds, lines."""
    log = (server.data / "server.log").read_bytes()[start:].decode(errors="replace")
    found = sorted(((float(ms) / 1000, text) for ms, text in PLAN.findall(log)), reverse=True)
    return [(seconds, _short(text)) for seconds, text in found[:DEAREST]]


def _short(plan: str) -> str:
    """The lines of a plan that name its nodes, without the text of its query."""
    nodes = [line.strip("\n").replace("\t", "") for line in plan.splitlines() if "(cost=" in line]
    shown = [re.sub(r"  \(cost=.*? rows=(\d+).*", r"  rows \1", line) for line in nodes]
    more = [f"... {len(shown) - LINES} more nodes"] if len(shown) > LINES else []
    return "\n".join(shown[:LINES] + more)


def named(variable: str, conninfo: str) -> str:
    """Put a connection string into the environment; the name that a command takes for it."""
    os.environ[variable] = conninfo
    return f"env:{variable}"

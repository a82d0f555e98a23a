"""How long a backup takes, against psql's \\copy of the same tables piped into zstd.

Run: python tests/benchmarks/bench_backup.py [events] [rounds]
psql writes the same relations with the same compression level, in turns on the same server: once
the 25 tables and the 9 views that can run, as the backup does, once the tables only. The backup
adds fingerprints, definitions and checksums.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from motomind_nb import backup, postgres
from motomind_nb.backup.taking.export import LEVEL
from motomind_nb.legacy import Plan, catalog, generate
from motomind_nb.postgres import connect
from motomind_nb.postgres.embedded.binaries import binaries

EVENTS_PER_VEHICLE = 100
CHILD = "peak"


def source(running: postgres.Server, events: int, folder: Path) -> str:
    """Return the conninfo of a generated database."""

    conninfo = running.new_database("source")
    with connect(conninfo) as connection:
        plan = Plan(max(1, events // EVENTS_PER_VEHICLE), events)
        generate(connection, plan, folder / "truth.csv.gz")
    return conninfo


def psql() -> str:
    """Return the psql of the server's own version, else the system's."""
    own = binaries() / "psql"
    return str(own) if own.exists() else "psql"


def plain(conninfo: str, folder: Path, names: list[str]) -> None:
    """Write relations with psql and zstd."""
    folder.mkdir()
    commands = []
    for name in names:
        program = f"zstd -{LEVEL} -q -o {folder}/{name}.csv.zst"
        commands += ["-c", f"\\copy (select * from {name}) to program '{program}' csv header"]
    subprocess.run([psql(), "-q", "-d", conninfo, *commands], check=True, stdout=subprocess.DEVNULL)


def seconds(act: Callable[[Path], object], folder: Path) -> float:
    """Return how long an act takes that writes a folder; the folder is removed."""
    start = time.perf_counter()
    act(folder)
    taken = time.perf_counter() - start
    shutil.rmtree(folder)
    return taken


def peak_megabytes(script: str, *arguments: str) -> int:
    """Return the peak memory of a script's act run as another process."""
    command = [sys.executable, script, CHILD, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout)


def own_peak_megabytes() -> int:
    """Return this process's peak memory; getrusage would count its parent's before the exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main(events: int, rounds: int) -> None:
    """Print seconds, the ratio and the peak memory."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        conninfo = source(running, events, folder)
        tables = list(catalog.tables())
        every = [name for name in catalog.objects() if name != "performance_dashboard"]
        rounds_taken = []
        for _ in range(rounds):
            taken = (
                seconds(lambda path: plain(conninfo, path, tables), folder / "plain"),
                seconds(lambda path: plain(conninfo, path, every), folder / "plain"),
                seconds(lambda path: backup.take_backup(conninfo, path), folder / "backup"),
            )
            rounds_taken.append(taken)
            print("  psql: tables {:.2f} s, with views {:.2f} s; backup {:.2f} s".format(*taken))
        peak = peak_megabytes(__file__, conninfo, str(folder / "peak"))
    for number, what in enumerate(("the tables only", "the same relations")):
        ratio = statistics.median(taken[2] / taken[number] for taken in rounds_taken)
        print(f"{events} events: {ratio:.2f} times psql and zstd of {what} (median of {rounds})")
    print(f"{events} events: peak memory {peak} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        backup.take_backup(sys.argv[2], Path(sys.argv[3]))
        print(own_peak_megabytes())
    else:
        main(*([int(item) for item in sys.argv[1:]] + [1_000_000, 5][len(sys.argv) - 1 :]))

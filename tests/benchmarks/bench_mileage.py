"""How long the mileage takes, against the two queries that fetch its readings.

Run: python tests/benchmarks/bench_mileage.py [smaller] [larger]
For each size a fleet is generated, staged and loaded, on a server with the defaults of PostgreSQL;
then in turns, three rounds: the two queries fetched row by row; the audit (fetch, reconstruct both
sides, compare, write back) with the peak memory of a process of its own. Of each the round counts
that took least of the processor. In CPU seconds of client and server the audit may take 3 times the
fetch and grow at most 11-fold. Then the library on frames. At the end, without a server: one
vehicle of 300,000 readings (at most 3 s), also as a ratio to as many readings in histories of 100,
and 1,000,000 readings of 10,000 vehicles (at most 8 s).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from audited import PLAIN
from processors import Cost, cost

from motomind_nb import backup, legacy, load, postgres, rebuilt, staging
from motomind_nb.mileage import Rules, audit, compare, reconstruct
from motomind_nb.mileage.auditing import packed
from motomind_nb.postgres import Connection, connect

EVENTS_PER_VEHICLE = 100
CHILD = "child"
ROUNDS = 3


def load_fleet(running: postgres.Server, events: int, folder: Path) -> str:
    """Return the conninfo of a loaded database with so many events."""

    source = running.new_database(f"source_{events}")
    target = running.new_database(f"target_{events}")
    with connect(source) as connection:
        plan = legacy.Plan(events // EVENTS_PER_VEHICLE, events)
        legacy.generate(connection, plan, folder / "truth.csv.gz")
    backup.take_backup(source, folder / f"backup_{events}")
    running.drop_database(f"source_{events}")
    with connect(target) as connection:
        staging.restore_backup(connection, folder / f"backup_{events}")
    with connect(target) as connection:
        rebuilt.create_tables(connection, load.event_years(connection))
        load.load_staged_rows(connection)
        rebuilt.add_keys_and_rules(connection)
    with connect(target, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return target


def fetch_cost(conninfo: str) -> Cost:
    """Return what the two queries take whose rows arrive here."""
    with connect(conninfo) as connection:
        return cost(connection, lambda: fetch(connection))


def fetch(connection: Connection) -> None:
    """Read the readings of both sides, row by row."""
    for query in packed.all_readings_queries(connection):
        with connection.cursor(name="bench", binary=True) as cursor:
            cursor.itersize = 10_000
            cursor.execute(query)
            for _ in cursor:
                pass


def peak_kilobytes() -> int:
    """Return this process's peak memory (getrusage would count the parent's before exec)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise RuntimeError("no VmHWM in /proc/self/status")


def audit_alone(conninfo: str) -> None:
    """Print seconds and CPU seconds of an audit, and the peak memory in kB before and after it."""
    idle = peak_kilobytes()
    with connect(conninfo) as connection:
        taken = cost(connection, lambda: audit(connection, "bench", Rules()))
        connection.rollback()
    print(taken.seconds, taken.processor, idle, peak_kilobytes())


def library_seconds(conninfo: str) -> tuple[float, float]:
    """Return how long reconstruct and compare take on frames of both sides."""
    frames = []
    with connect(conninfo) as connection:
        for chunk in list(packed.chunks(connection, Rules())):
            side = chunk.sides[0]
            readings = side.readings
            frames.append(
                pd.DataFrame(
                    {
                        "vehicle_id": readings.vehicle + chunk.start,
                        "date": readings.day.astype("datetime64[D]").astype("datetime64[s]"),
                        "time": np.where(readings.seconds < 0, np.nan, readings.seconds),
                        "miles": np.where(readings.miles < 0, np.nan, readings.miles),
                        "source": np.array(readings.sources)[readings.source],
                        "id": side.high,
                    }
                )
            )
    before = pd.concat(frames, ignore_index=True)
    after = before.copy()
    start = time.perf_counter()
    reconstruct(before)
    middle = time.perf_counter()
    compare(before, after)
    return middle - start, time.perf_counter() - middle


@dataclass
class Size:
    """What was measured with so many events, the best of some rounds (CPU seconds decide).

    memory: kB at the peak, and before the audit.
    """

    events: int
    conninfo: str
    fetched: list[Cost] = field(default_factory=list)
    audited: list[Cost] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)

    def measure(self) -> None:
        """Measure once: the two queries here, the audit in a process of its own."""
        self.fetched.append(fetch_cost(self.conninfo))
        command = [sys.executable, __file__, CHILD, self.conninfo]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        seconds, spent, idle, peak = map(float, done.stdout.split())
        self.audited.append(Cost(seconds, spent))
        self.memory.append((int(peak), int(idle)))

    def told(self) -> str:
        """The figures in one line."""
        fetched, audited = best(self.fetched), best(self.audited)
        peak, idle = min(self.memory)
        one, two = library_seconds(self.conninfo)
        return (
            f"{self.events} events: two queries {fetched.seconds:.2f} s,"
            f" {fetched.processor:.2f} CPU s; audit {audited.seconds:.2f} s,"
            f" {audited.processor:.2f} CPU s ({audited.processor / fetched.processor:.2f} x),"
            f" peak memory {peak / 1024:.0f} MB ({(peak - idle) / 1024:.0f} MB above idle);"
            f" library: reconstruct {one:.2f} s, compare {two:.2f} s"
        )


def best(found: list[Cost]) -> Cost:
    """The one that took least of the processor: others of the machine only add to it."""
    return min(found, key=lambda one: one.processor)


def histories(vehicles: int, length: int, wrong: float = 0.01) -> pd.DataFrame:
    """Return daily readings of so many vehicles, a part of them keyed wrongly."""
    random = np.random.default_rng(1)
    size = vehicles * length
    steps = random.integers(0, 60, (vehicles, length)) if length < 1_000 else 1
    miles = (1_000 + np.cumsum(np.broadcast_to(steps, (vehicles, length)), axis=1)).ravel()
    keyed = np.where(random.random(size) < wrong, miles * random.uniform(0.1, 3, size), miles)
    day = np.tile(np.arange(length) // max(length // 20_000, 1), vehicles)
    return pd.DataFrame(
        {
            "vehicle_id": np.repeat(np.arange(vehicles), length),
            "date": (np.datetime64("1960-01-01") + day).astype("datetime64[s]"),
            "miles": keyed.astype(np.int64),
            "source": "fuel_logs",
        }
    )


def reconstruct_seconds(readings: pd.DataFrame) -> float:
    """Return the CPU seconds of one reconstruction, the better of two."""
    found = []
    for _ in range(2):
        start = time.process_time()
        reconstruct(readings)
        found.append(time.process_time() - start)
    return min(found)


def measure_lengths() -> None:
    """Print what a long history costs beside many short ones with as many readings."""
    long, short = (reconstruct_seconds(histories(*shape)) for shape in ((1, 300_000), (3_000, 100)))
    many = reconstruct_seconds(histories(10_000, 100))
    print(
        f"300,000 readings, CPU: one vehicle {long:.2f} s, 3,000 vehicles {short:.2f} s"
        f" (ratio {long / short:.2f}); 1,000,000 readings of 10,000 vehicles {many:.2f} s"
        f" ({many / short:.1f} x 300,000 readings)",
        flush=True,
    )


def main() -> None:
    """Measure both sizes in turns and their growth, then long and short histories."""
    events = [int(text) for text in sys.argv[1:]] or [100_000, 1_000_000]
    with tempfile.TemporaryDirectory() as name, stopped_at_end() as running:
        sizes = [Size(number, load_fleet(running, number, Path(name))) for number in events]
        for _ in range(ROUNDS):
            for size in sizes:
                size.measure()
        for size in sizes:
            print(size.told(), flush=True)
    if len(sizes) > 1:
        first, last = (best(size.audited).processor for size in (sizes[0], sizes[-1]))
        each = [
            f"{large.processor / small.processor:.1f}"
            for small, large in zip(sizes[0].audited, sizes[-1].audited, strict=True)
        ]
        print(
            f"growth from {events[0]} to {events[-1]} events: {last / first:.1f}-fold"
            f" (by rounds: {', '.join(each)})"
        )
    measure_lengths()


@contextmanager
def stopped_at_end() -> Iterator[postgres.Server]:
    """Give a server with the defaults of PostgreSQL."""
    settings = {name: held for name, held in PLAIN.items() if name != "shared_preload_libraries"}
    running = postgres.start_server(settings=settings)
    try:
        yield running
    finally:
        running.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        audit_alone(sys.argv[2])
    else:
        main()

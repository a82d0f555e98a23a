"""How long the mileage takes, against the two queries that fetch its readings.

Run: python tests/benchmarks/bench_mileage.py [smaller] [larger]
For each size a fleet is generated, staged and loaded; then, on the same server: the two queries
fetched row by row; the audit (fetch, reconstruct both sides, compare, write back) with the peak
memory of a process of its own; the library on frames. In CPU seconds of client and server the audit
may take 3 times the fetch and grow at most 11-fold. At the end, without a server: one vehicle of
300,000 readings (at most 3 s), also as a ratio to as many readings in histories of 100, and
1,000,000 readings of 10,000 vehicles (at most 8 s).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from processors import Cost, cost

from motomind_nb import backup, legacy, load, postgres, rebuilt, staging
from motomind_nb.mileage import Rules, audit, compare, reconstruct
from motomind_nb.mileage.auditing import packed
from motomind_nb.postgres import Connection, connect

EVENTS_PER_VEHICLE = 100
CHILD = "child"


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


def measure(running: postgres.Server, events: int, folder: Path) -> float:
    """Print the figures of one size; return the CPU seconds of the audit."""
    conninfo = load_fleet(running, events, folder)
    fetched = min((fetch_cost(conninfo) for _ in range(2)), key=lambda one: one.processor)
    command = [sys.executable, __file__, CHILD, conninfo]
    figures = [
        [
            float(part)
            for part in subprocess.run(
                command, capture_output=True, check=True, text=True
            ).stdout.split()
        ]
        for _ in range(2)
    ]
    seconds, spent, idle, peak = min(figures, key=lambda one: one[1])
    one, two = library_seconds(conninfo)
    print(
        f"{events} events: two queries {fetched.seconds:.2f} s, {fetched.processor:.2f} CPU s;"
        f" audit {seconds:.2f} s, {spent:.2f} CPU s ({spent / fetched.processor:.2f} x), peak"
        f" memory {peak / 1024:.0f} MB ({(peak - idle) / 1024:.0f} MB above idle); library:"
        f" reconstruct {one:.2f} s, compare {two:.2f} s",
        flush=True,
    )
    return spent


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
    """Measure both sizes and their growth, then long and short histories."""
    sizes = [int(text) for text in sys.argv[1:]] or [100_000, 1_000_000]
    with tempfile.TemporaryDirectory() as name, postgres.embedded_server() as running:
        found = [measure(running, events, Path(name)) for events in sizes]
    if len(found) > 1:
        print(f"growth from {sizes[0]} to {sizes[-1]} events: {found[-1] / found[0]:.1f}-fold")
    measure_lengths()


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        audit_alone(sys.argv[2])
    else:
        main()

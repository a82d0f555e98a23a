"""How long a generated database takes, against a plain COPY of the same rows.

Run: python tests/benchmarks/bench_generate.py [vehicles] [events]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from motomind_nb import legacy, postgres
from motomind_nb.legacy import Plan, generate
from motomind_nb.legacy.generator.plan import TABLES
from motomind_nb.postgres import Connection, connect

OWNERS = (
    "plan_limits",
    "tenants",
    "users",
    "memberships",
    "garages",
    "vehicles",
    "vehicle_images",
    "reminders",
)
BLOCK = 1 << 20


def save(connection: Connection, table: str, path: Path) -> None:
    """Copy a table's rows to a file."""
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as rows, path.open("wb") as file:
        for block in rows:
            file.write(block)


def load(connection: Connection, table: str, path: Path) -> None:
    """Copy a file's rows into a table."""
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as rows, path.open("rb") as file:
        while block := file.read(BLOCK):
            rows.write(block)


def main(vehicles: int, events: int) -> None:
    """Print seconds, peak memory and the ratio to a plain COPY."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        with connect(running.new_database("generated")) as connection:
            generate(connection, Plan(vehicles, events), folder / "truth.csv.gz")
        generated = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with connect(running.conninfo("generated")) as connection:
            for table in (*OWNERS, *TABLES):
                save(connection, table, folder / table)
        start = time.perf_counter()
        with connect(running.new_database("copied")) as connection:
            legacy.create_schema(connection)
            for table in (*OWNERS, *TABLES):
                load(connection, table, folder / table)
        copied = time.perf_counter() - start
    print(f"{vehicles} vehicles, {events} events, peak memory {peak} MB")
    print(f"generate {generated:.1f} s, plain COPY {copied:.1f} s, ratio {generated / copied:.2f}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers or [10_000, 1_000_000]))

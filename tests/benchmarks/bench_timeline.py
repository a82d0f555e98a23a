"""What a refresh of the timeline costs while it is read, and what changes of few vehicles would.

Run: python tests/benchmarks/bench_timeline.py [events ...] (100000 if none is named)
On a loaded fleet, with the server's defaults: REFRESH CONCURRENTLY after no change and after
CHANGED new events: seconds, CPU seconds, WAL, and the longest read of one vehicle's newest rows
meanwhile, beside the longest without a refresh. Then the same change as an incremental refresh
would make it: the rows of the changed vehicles replaced in a plain table of the same rows and keys.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from audited import PLAIN
from bench_mileage import load_fleet
from processors import Cost, cost

from motomind_nb import postgres
from motomind_nb.postgres import Connection, connect, value

CHANGED = 100
EVENTS = f"""
INSERT INTO public.vehicle_events (tenant_id, vehicle_id, type, date, payload)
SELECT vehicle.tenant_id, vehicle.id, 'document', current_date, '{{"doc_type": "toll"}}'
FROM (SELECT * FROM public.vehicles ORDER BY id LIMIT {CHANGED}) AS vehicle
"""
REFRESH = "REFRESH MATERIALIZED VIEW CONCURRENTLY private.timeline"
READ = """
SELECT * FROM private.timeline
WHERE vehicle_id = (SELECT id FROM public.vehicles ORDER BY id LIMIT 1)
ORDER BY date DESC, local_time DESC NULLS LAST, created_at DESC NULLS LAST, id LIMIT 50
"""
TABLE = """
CREATE TABLE private.held AS TABLE private.timeline;
CREATE UNIQUE INDEX ON private.held (id, date);
CREATE INDEX ON private.held (vehicle_id, date DESC, local_time DESC NULLS LAST,
    created_at DESC NULLS LAST, id);
CREATE INDEX ON private.held (tenant_id, date DESC, local_time DESC NULLS LAST,
    created_at DESC NULLS LAST, id);
ANALYZE private.held;
"""
CHANGED_VEHICLES = f"SELECT id FROM public.vehicles ORDER BY id LIMIT {CHANGED}"
INCREMENTAL = f"""
DELETE FROM private.held WHERE vehicle_id IN ({CHANGED_VEHICLES});
INSERT INTO private.held
SELECT e.tenant_id, e.vehicle_id, e.id, e.date, e.local_time, e.time_zone, e.type, e.miles,
    e.payload, e.disputed, c.supersedes_id IS NOT NULL, e.created_at
FROM public.vehicle_events AS e
LEFT JOIN public.vehicle_events AS c
    ON (c.tenant_id, c.supersedes_id, c.supersedes_date) = (e.tenant_id, e.id, e.date)
WHERE e.vehicle_id IN ({CHANGED_VEHICLES});
"""


@dataclass(frozen=True)
class Taken:
    """What one change took: seconds and CPU seconds, megabytes of WAL."""

    cost: Cost
    wal: float

    def __str__(self) -> str:
        """The figures as cells of a table."""
        return f"{self.cost.seconds:.2f} | {self.cost.processor:.2f} | {self.wal:.1f}"


def taken(connection: Connection, statement: str) -> Taken:
    """Execute a statement and return what it took."""
    place = value(connection, b"SELECT pg_current_wal_insert_lsn()")
    spent = cost(connection, lambda: connection.execute(statement.encode()))
    written = f"SELECT pg_current_wal_insert_lsn() - '{place}'::pg_lsn"
    return Taken(spent, float(value(connection, written.encode())) / 2**20)


class Reader:
    """A session that reads one vehicle's newest rows again and again; it keeps the longest read."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo, self.longest, self.reads, self.ended = conninfo, 0.0, 0, threading.Event()
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        with connect(self.conninfo, autocommit=True) as connection:
            connection.execute(READ.encode())
            while not self.ended.wait(0.01):
                start = time.perf_counter()
                connection.execute(READ.encode())
                self.longest = max(self.longest, time.perf_counter() - start)
                self.reads += 1

    def stop(self) -> str:
        """Stop reading; return what was seen, as cells of a table."""
        self.ended.set()
        self.thread.join()
        return f"{self.reads:,} | {1000 * self.longest:.0f}"


def lines(conninfo: str, events: int) -> list[str]:
    """Return the lines of the table of one size."""
    found = []
    reader = Reader(conninfo)
    time.sleep(5)
    found.append(f"| {events:,} | no refresh, for 5 s | | | | {reader.stop()} |")
    with connect(conninfo, autocommit=True) as connection:
        for name, before in (("nothing", ""), (f"{CHANGED} events", EVENTS)):
            if before:
                connection.execute(before.encode())
            reader = Reader(conninfo)
            figures = taken(connection, REFRESH)
            found.append(f"| {events:,} | CONCURRENTLY, {name} new | {figures} | {reader.stop()} |")
        connection.execute(TABLE.encode())
        with connection.transaction():
            figures = taken(connection, INCREMENTAL)
        found.append(f"| {events:,} | {CHANGED} vehicles replaced | {figures} | | |")
    return found


def main(sizes: list[int]) -> None:
    """Print a table in Markdown."""
    names = ("events", "change", "seconds", "CPU seconds", "WAL (MB)", "reads", "longest read (ms)")
    print("| " + " | ".join(names) + " |\n|" + " --- |" * len(names))
    settings = {name: held for name, held in PLAIN.items() if name != "shared_preload_libraries"}
    server = postgres.start_server(settings=settings)
    try:
        for events in sizes:
            with tempfile.TemporaryDirectory() as name:
                conninfo = load_fleet(server, events, Path(name))
            print("\n".join(lines(conninfo, events)), flush=True)
    finally:
        server.stop()


if __name__ == "__main__":
    main([int(item) for item in sys.argv[1:]] or [100_000])

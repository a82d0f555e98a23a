"""How long an apply takes, and how long others wait for it, with writers and a long reader at work.

Run: python tests/benchmarks/bench_apply.py [events]
Four writers update a tenant and commit; one reader looks at a vehicle a hundred times a second;
another holds the lock of a reader on the events for 10 of every 15 seconds. The longest wait of
each is measured from their side. The floor is the bare INSERT ... SELECT of the projections with
keys and indexes, in the same database, undone. CPU seconds are those of the session and of the
client's thread: on a machine that others use too they say more than the clock does. At last the
command itself applies the sample.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from bench_backup import source
from bench_load import plain
from processors import Cost, children_seconds, cost, server_seconds, times

from motomind_nb import apply, legacy, load, postgres, provenance, rebuilt, runs
from motomind_nb.core import write_json
from motomind_nb.desk import opening
from motomind_nb.postgres import connect, query
from motomind_nb.runs import NOTEBOOKS, LiveDatabase, Named, Run

VARIABLE, REHEARSAL = "BENCH_APPLY", "BENCH_APPLY_REHEARSAL"
APPLYING = (
    b"SELECT pid FROM pg_stat_activity WHERE application_name = 'motomind'"
    b" AND backend_xid IS NOT NULL AND datname = current_database()"
)
WRITERS = 4
SWITCH = 8  # the step's number
HELD, PAUSE = 10.0, 5.0  # seconds of the long reader


class Others(threading.Thread):
    """A session of the application: does one thing again and again, and keeps its longest wait."""

    def __init__(self, conninfo: str, act: Callable[[psycopg.Connection], None]) -> None:
        super().__init__(daemon=True)
        self.conninfo, self.act, self.longest, self.over = conninfo, act, 0.0, threading.Event()
        self.done = 0

    def run(self) -> None:
        """Work until it is over; what the switch takes away (a table of old rows) ends it."""
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            while not self.over.is_set():
                started = time.monotonic()
                self.act(connection)
                self.longest = max(self.longest, time.monotonic() - started)
                self.done += 1
                time.sleep(0.01)


def read(connection: psycopg.Connection) -> None:
    """Look at one vehicle."""
    connection.execute("SELECT FROM public.vehicles LIMIT 1")


def write(connection: psycopg.Connection) -> None:
    """Change one tenant, which is there before and after."""
    connection.execute(
        "UPDATE public.tenants SET name = name WHERE id = (SELECT id FROM public.tenants LIMIT 1)"
    )
    time.sleep(0.9)  # together about as many commits a second as there are writers


class LongReader(Others):
    """Holds the lock of a reader for seconds, again and again."""

    def __init__(self, conninfo: str) -> None:
        super().__init__(conninfo, self.hold)

    def hold(self, connection: psycopg.Connection) -> None:
        """Read in a transaction that stays open."""
        with connection.transaction():
            connection.execute("SELECT FROM public.vehicle_events LIMIT 1")
            self.over.wait(HELD)
        self.over.wait(PAUSE)


class Watched:
    """The CPU seconds of an apply, read from its session and its thread at each of its steps."""

    def __init__(self, conninfo: str) -> None:
        self.other, self.session = connect(conninfo, autocommit=True), 0.0
        self.started = time.thread_time()
        self.after_each: list[float] = []

    def tell(self, _name: str, _done: int, _total: int) -> None:
        """Read what the session of the apply has taken so far."""
        if pid := postgres.value(self.other, APPLYING):
            user, system, _, _ = times(pid)
            self.session = user + system
        self.after_each.append(self.session + time.thread_time() - self.started)

    def switched(self) -> float:
        """Return what session and thread took from the step of the switch on, COMMIT left out."""
        return self.processor() - self.after_each[SWITCH - 2]

    def processor(self) -> float:
        """Return what session and thread took, COMMIT left out."""
        return self.session + time.thread_time() - self.started


def floor(conninfo: str) -> Cost:
    """Return what the bare projections into tables with keys and indexes take, undone."""
    with connect(conninfo, schemas=apply.IN_PLACE) as connection:
        connection.execute(query("apply/switch/create_schema", schema="next"))
        rebuilt.create_audit(connection)
        rebuilt.create_tables(connection, load.event_years(connection))
        load.load_staged_rows(connection)  # makes the views that the projections read
        tables = "next.tenants, next.users, next.garages, next.vehicles, next.vehicle_images"
        connection.execute(
            f"TRUNCATE {tables}, next.reminders, next.vehicle_events,"
            " private.memberships, private.event_source".encode()
        )
        taken = cost(connection, lambda: (plain(connection), rebuilt.add_keys(connection)))
        connection.rollback()
    return taken


def rehearsed(running: postgres.Server, folder: Path) -> Run:
    """Return a rehearsal on the same server, with its rates; its verdict is given, not found."""
    os.environ[REHEARSAL] = running.new_database("rehearsal")
    run = runs.create_run(folder, LiveDatabase(f"env:{VARIABLE}"), Named(f"env:{REHEARSAL}"))
    opening.run_stages_before(run, NOTEBOOKS[-1])
    facts = {"verdict": "passed", "tool": provenance.tool_facts()}
    write_json(run.folder / "verdict.json", facts)
    running.drop_database("rehearsal")
    print("rehearsed", run.facts()["step_seconds"])
    return run


def main(events: int) -> None:
    """Print the waits, their ratios and the seconds of each step."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        conninfo = os.environ[VARIABLE] = source(running, events, Path(name))
        run = rehearsed(running, Path(name))
        bare = floor(conninfo)
        request = apply.Request(run)
        with connect(conninfo, schemas=apply.IN_PLACE) as connection:
            token = apply.plan_apply(connection, request).token
        others = [Others(conninfo, read), LongReader(conninfo)]
        others += [Others(conninfo, write) for _ in range(WRITERS)]
        for one in others:
            one.start()
        time.sleep(1)
        watched, started = Watched(conninfo), time.monotonic()
        act = apply.Act("bench", token, tell=watched.tell, say=print)
        carried = apply.carry_out(conninfo, request, act)
        whole, processor = time.monotonic() - started, watched.processor()
        switched = watched.switched()
        load_average = os.getloadavg()[0]
        for one in others:
            one.over.set()
        for one in others:
            one.join(HELD + PAUSE)
        writers = max(one.longest for one in others[2:]) - 0.9
        print(f"{events:,} events; floor (projections with keys) {bare.seconds:.2f} s", end="")
        print(f", {bare.processor:.2f} CPU s")
        print(f"apply: {processor:.2f} CPU s, {processor / bare.processor:.2f} x floor")
        print(f"from the switch on: {switched:.2f} CPU s; load average {load_average:.1f}")
        print(f"whole command {whole:.2f} s, {len(carried.failed_tries)} tries failed")
        print(f"readers waited at most {others[0].longest:.2f} s ({others[0].done:,} reads)")
        print(f"writers waited at most {writers:.2f} s, {writers / bare.seconds:.2f} x floor")
        for who, held in carried.facts()["measured"].items():
            predicted = carried.plan.predicted[who]
            print(f"{who}: measured {held:.2f} s, {held / predicted:.2f} x predicted {predicted}")
        for step, seconds in carried.seconds.items():
            print(f"  {step:22} {seconds:8.2f} s")
        apply_sample(running, Path(name))


def apply_sample(running: postgres.Server, folder: Path) -> None:
    """Print what the command itself takes on the sample, its start and its page included."""
    conninfo = os.environ[VARIABLE] = running.new_database("sample")
    with connect(conninfo) as connection:
        legacy.create_sample(connection, "sample")
    run = rehearsed(running, folder / "sample")
    with connect(conninfo, schemas=apply.IN_PLACE) as connection:
        token = apply.plan_apply(connection, apply.Request(run)).token
    words = ["apply", "--database", f"env:{VARIABLE}", "--rehearsal", run.folder, "--yes", "sample"]
    command = [sys.executable, "-m", "motomind_nb", *words, "--approve", token, "--runs", folder]
    with connect(conninfo, autocommit=True) as connection:
        before, started = server_seconds(connection) + children_seconds(), time.monotonic()
        subprocess.run(command, check=True)
        seconds = time.monotonic() - started
        processor = server_seconds(connection) + children_seconds() - before
    print(f"sample: {seconds:.2f} s, {processor:.2f} CPU s of command and server")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

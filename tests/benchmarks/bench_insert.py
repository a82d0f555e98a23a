"""What a live INSERT costs, whatever the length of its vehicle's history.

Run: python tests/benchmarks/bench_insert.py [events ...] (10000 and 1000000; BIG=1 adds 10000000)
Three designs hold the same events in one database: the rebuilt schema, the same without the mileage
rule's two triggers (its keys and other triggers stay), and the original design with its trigger,
which reads the last reading of the vehicle (given an index on vehicle and date, which it lacks).
pgbench inserts readings at the end of histories, with
prepared statements, in turns; a figure is the median of the rounds. Prints a table in Markdown.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from processors import server_seconds

from motomind_nb import postgres, rebuilt
from motomind_nb.postgres import connect, query_names, query_text
from motomind_nb.postgres.embedded.binaries import binaries

READINGS = (10, 20_000, 100_000)
CLIENTS = (1, 8, 32)
ROUNDS = 3
DAYS = 1500  # over which the inserted readings are spread, from 2021 on
# of each client: the plans that its first one makes are a small part of the whole
TRANSACTIONS = {1: 1000, 8: 300, 32: 200}
VEHICLES = 1000
RULE = ("event_3_queue", "event_4_mileage")
DESIGNS = ("without the rule", "rebuilt", "original")
# one tenant; a vehicle of each length, and a fleet with the events that are left
FILL = """
INSERT INTO public.tenants (id, name) VALUES (md5('t')::uuid, 'Tenant');
INSERT INTO public.vehicles (id, tenant_id, nickname)
SELECT md5(v::text)::uuid, md5('t')::uuid, 'Van ' || v FROM generate_series(1, {vehicles}) AS v
UNION ALL
SELECT md5('long ' || n)::uuid, md5('t')::uuid, 'Long ' || n FROM unnest(ARRAY{readings}) AS n;
INSERT INTO public.vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles, chain)
SELECT md5('t')::uuid, h.vehicle, 'odometer', h.at::date, h.at::time, h.miles, 1 FROM (
    SELECT md5(v::text)::uuid AS vehicle, e * 100 AS miles,
        timestamp '2015-01-01' + e * (interval '2190 days' / {each}) AS at
    FROM generate_series(1, {vehicles}) AS v, generate_series(1, {each}) AS e
    UNION ALL
    SELECT md5('long ' || n)::uuid, e * 10, timestamp '2015-01-01' + e * (interval '2190 days' / n)
    FROM unnest(ARRAY{readings}) AS n, generate_series(1, n) AS e
) AS h;
CREATE SEQUENCE public.inserted;
"""
COPY = """
INSERT INTO original_design.tenants (id, name) SELECT id, name FROM public.tenants;
INSERT INTO original_design.vehicles (id, tenant_id, nickname)
SELECT id, tenant_id, nickname FROM public.vehicles;
INSERT INTO original_design.vehicle_events (tenant_id, vehicle_id, type, date, miles)
SELECT tenant_id, vehicle_id, type, date, miles FROM public.vehicle_events;
ALTER TABLE original_design.vehicle_events ENABLE TRIGGER check_mileage;
"""
# each later and higher than all before
INSERT = """
\\set vehicle random(1, {vehicles})
INSERT INTO {schema}.vehicle_events (tenant_id, vehicle_id, type, date, miles{chain})
SELECT md5('t')::uuid, {vehicle}, 'odometer', DATE '2021-01-01' + n::integer / {daily},
    50000000 + n::integer{one}
FROM (SELECT nextval('public.inserted') AS n) AS next;
"""


PARTITIONS = """
DO $body$ BEGIN
    FOR year IN 2015..2023 LOOP
        EXECUTE format(
            'CREATE TABLE original_design.%I PARTITION OF original_design.vehicle_events'
            ' FOR VALUES FROM (%L) TO (%L)',
            'events_' || year, make_date(year, 1, 1), make_date(year + 1, 1, 1)
        );
    END LOOP;
END $body$;
ALTER TABLE original_design.vehicle_events DISABLE TRIGGER check_mileage;
CREATE INDEX ON original_design.vehicle_events (vehicle_id, date);
"""


@dataclass(frozen=True)
class Case:
    """What is inserted: into the history of one vehicle (SQL of its id), by so many clients."""

    name: str
    vehicle: str
    clients: int


def filled(running: postgres.Server, events: int) -> str:
    """Return the name of a database in which all designs hold the same events."""
    name = "filled"
    conninfo = running.new_database(name)
    with connect(conninfo) as connection:
        rebuilt.create_audit(connection)
        rebuilt.create_tables(connection, range(2015, 2024))
        each = max(events // VEHICLES, 1)
        fill = FILL.format(vehicles=VEHICLES, each=each, readings=lengths(events))
        connection.execute(fill.encode())
        rebuilt.add_keys_and_rules(connection)
        for part in query_names("rebuilt/architecture/original")[:2]:
            connection.execute(query_text(part).encode())
        connection.execute((PARTITIONS + COPY).encode())
    with connect(conninfo, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return name


def lengths(events: int) -> list[int]:
    """Return the lengths of histories that a table of so many events can hold."""
    return [number for number in READINGS if number * 5 <= events]


def cases(events: int) -> list[Case]:
    """Return what is measured in a table of so many events."""
    one = [Case(f"{n:,} readings", f"md5('long {n}')::uuid", 1) for n in lengths(events)]
    fleet = [Case(f"fleet, {n} clients", "md5((:vehicle)::text)::uuid", n) for n in CLIENTS]
    return one + fleet


def ended_sessions_seconds(conninfo: str) -> float:
    """Return the CPU seconds of the server and of all its sessions that have ended."""
    with connect(conninfo) as connection:
        return server_seconds(connection)


def milliseconds(conninfo: str, case: Case, design: str) -> list[float]:
    """Return the milliseconds of one INSERT: as a client sees it, and of the server's processor."""
    plain = design == "without the rule"
    inserted = len(DESIGNS) * ROUNDS * TRANSACTIONS[case.clients] * case.clients
    text = INSERT.format(
        schema="original_design" if design == "original" else "public",
        vehicles=VEHICLES,
        vehicle=case.vehicle,
        daily=inserted // DAYS + 1,
        chain=", chain" if plain else "",
        one=", 1" if plain else "",
    )
    act = "DISABLE" if plain else "ENABLE"
    with connect(conninfo) as connection:
        for trigger in RULE:
            connection.execute(
                f"ALTER TABLE public.vehicle_events {act} TRIGGER {trigger}".encode()
            )
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(text)
        script.flush()
        command = [str(binaries() / "pgbench"), "-n", "-M", "prepared", "-f", script.name]
        command += ["-c", str(case.clients), "-t", str(TRANSACTIONS[case.clients])]
        command += ["-j", "2", conninfo]
        before = ended_sessions_seconds(conninfo)
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    if "number of failed transactions: 0 " not in done.stdout:
        raise SystemExit(done.stdout + done.stderr)
    spent = ended_sessions_seconds(conninfo) - before
    latency = float(re.findall(r"latency average = ([\d.]+) ms", done.stdout)[0])
    return [latency, 1000 * spent / case.clients / TRANSACTIONS[case.clients]]


def measured(conninfo: str, case: Case) -> list[list[float]]:
    """Return both figures of each design, medians of rounds in turns."""
    rounds = [[milliseconds(conninfo, case, design) for design in DESIGNS] for _ in range(ROUNDS)]
    return [
        [statistics.median(figure) for figure in zip(*taken, strict=True)]
        for taken in zip(*rounds, strict=True)
    ]


def table(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table in Markdown, as they are measured."""
    yield f"| events | INSERT into | {' | '.join(DESIGNS)} | rebuilt / without the rule |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: |"
    with postgres.embedded_server() as running:
        for events in sizes:
            template = filled(running, events)
            for case in cases(events):
                running.create_database("insert", template)
                taken = measured(running.conninfo("insert"), case)
                running.drop_database("insert")
                shown = [f"{latency:.2f} ms, {cpu:.2f} ms CPU" for latency, cpu in taken]
                ratios = [taken[1][figure] / taken[0][figure] for figure in (0, 1)]
                shown.append(f"{ratios[0]:.2f}, CPU {ratios[1]:.2f}")
                yield f"| {events:,} | {case.name} | {' | '.join(shown)} |"
            running.drop_database(template)


if __name__ == "__main__":
    wanted = [int(item) for item in sys.argv[1:]] or [10_000, 1_000_000]
    for line in table([*wanted, *([10_000_000] if os.environ.get("BIG") else [])]):
        print(line, flush=True)

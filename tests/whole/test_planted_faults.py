"""A finished load, damaged in one way at a time: each damage is found and named."""

# ruff: noqa: E501 - a fault and its SQL read best on one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import clone, in_shared
from loads import MANIFESTS, loaded_template

from motomind_nb import jupyter, rebuilt, reconcile
from motomind_nb.core import EXIT_CODES, Finding
from motomind_nb.core.tables import read_csv
from motomind_nb.postgres import Server, connect
from motomind_nb.reconcile.rows import cells
from motomind_nb.runs import Run

TENANT = "10000000-0000-4000-8000-000000000001"
VEHICLE = "40000000-0000-4000-8000-00000000000"
EVENT = "50000000-0000-4000-8000-00000000000"
READING = "80000000-0000-4000-8000-00000000000"
FUEL = "90000000-0000-4000-8000-00000000000"
SERVICE = "a0000000-0000-4000-8000-00000000000"


@dataclass(frozen=True)
class Fault:
    """One way to damage a finished load, and how the report must name it."""

    name: str
    damage: str
    check: str
    subject: str
    data: str = "sample"


# damages that would hide others cannot share a database with them
SECOND = (
    "loaded row put into quarantine",
    "type narrowed",
    "disputed flag and mark lost",
    "sequence of events re-dated",
)


def event(assignment: str, event_id: str) -> str:
    return f"UPDATE public.vehicle_events SET {assignment} WHERE id = '{event_id}'"


FAULTS = [
    Fault(
        "row deleted",
        f"DELETE FROM public.vehicle_events WHERE id = '{FUEL}2'",
        "rows missing",
        f"fuel_logs {FUEL}2",
    ),
    Fault(
        "row of a kept table deleted",
        "DELETE FROM public.reminders WHERE id = '70000000-0000-4000-8000-000000000004'",
        "rows missing",
        "reminders 70000000-0000-4000-8000-000000000004",
    ),
    Fault(
        "row duplicated under a new id",
        "INSERT INTO public.vehicle_events (id, tenant_id, vehicle_id, type, date, miles, payload, chain) "
        "SELECT '50000000-0000-4000-8000-00000000dead', tenant_id, vehicle_id, type, date, miles, payload, chain "
        f"FROM public.vehicle_events WHERE id = '{READING}1'",
        "rows extra",
        "vehicle_events 50000000-0000-4000-8000-00000000dead",
    ),
    Fault(
        "row duplicated under its id in another year",
        "INSERT INTO public.vehicle_events (id, tenant_id, vehicle_id, type, date, miles, payload, chain) "
        "SELECT id, tenant_id, vehicle_id, type, date - 400, miles, payload, chain "
        f"FROM public.vehicle_events WHERE id = '{READING}1'",
        "event ids",
        f"event {READING}1",
    ),
    Fault(
        "two columns swapped",
        f"UPDATE public.vehicles SET make = model, model = make WHERE id = '{VEHICLE}1'",
        "columns",
        f"vehicles {VEHICLE}1: make",
    ),
    Fault(
        "value exchanged between two rows, as the fingerprint sees it",
        "UPDATE public.vehicles AS v SET model = o.model FROM public.vehicles AS o "
        f"WHERE v.id IN ('{VEHICLE}1', '{VEHICLE}2') AND o.id IN ('{VEHICLE}1', '{VEHICLE}2') AND o.id <> v.id",
        "fingerprint",
        "vehicles",
    ),
    Fault(
        "mileage off by one",
        event("miles = miles + 1", f"{READING}2"),
        "columns",
        f"odometer_readings {READING}2: miles",
    ),
    Fault(
        "amount rounded",
        event("payload = payload || '{\"total_amount\": 39}'", f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: payload.total_amount",
    ),
    Fault(
        "amount rounded, as the totals see it",
        event("payload = payload || '{\"total_amount\": 39}'", f"{FUEL}1"),
        "totals",
        "fuel_logs.total_amount in CAD",
    ),
    Fault(
        "time zone shifted",
        event("created_at = created_at + interval '7 hours'", f"{EVENT}2"),
        "columns",
        f"vehicle_events {EVENT}2: created_at",
    ),
    Fault(
        "local time shifted",
        event("local_time = local_time - interval '7 hours'", f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: local_time",
    ),
    Fault(
        "date shifted by a day",
        event("date = date - 1", f"{SERVICE}2"),
        "columns",
        f"service_records {SERVICE}2: date",
    ),
    Fault(
        "two vehicles merged",
        f"UPDATE public.vehicle_events SET vehicle_id = '{VEHICLE}1' WHERE vehicle_id = '{VEHICLE}2'",
        "columns",
        f"odometer_readings {READING}3: vehicle_id",
    ),
    Fault(
        "NULL turned to ''",
        f"UPDATE public.vehicles SET notes = '' WHERE id = '{VEHICLE}2'",
        "columns",
        f"vehicles {VEHICLE}2: notes",
    ),
    Fault(
        "trailing blank",
        f"UPDATE public.vehicles SET nickname = nickname || ' ' WHERE id = '{VEHICLE}1'",
        "columns",
        f"vehicles {VEHICLE}1: nickname",
    ),
    Fault(
        "case changed",
        f"UPDATE public.vehicles SET model = upper(model) WHERE id = '{VEHICLE}1'",
        "columns",
        f"vehicles {VEHICLE}1: model",
    ),
    Fault(
        "JSON key lost",
        event("payload = payload - 'vendor'", f"{EVENT}2"),
        "columns",
        f"vehicle_events {EVENT}2: payload.vendor",
    ),
    Fault(
        "array reordered",
        event('payload = payload || \'{"tags": ["reimbursable", "trip"]}\'', f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: payload.tags",
    ),
    Fault(
        "currency dropped",
        event("payload = payload - 'currency'", f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: payload.currency",
    ),
    Fault(
        "number turned to text",
        event('payload = payload || \'{"gallons": "9.130"}\'', f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: payload.gallons",
    ),
    Fault(
        "coordinates rounded",
        "UPDATE public.garages SET lat = round(lat::numeric, 8) "
        "WHERE id = '30000000-0000-4000-8000-000000000001'",
        "columns",
        "garages 30000000-0000-4000-8000-000000000001: lat",
    ),
    Fault(
        "fraction of miles per gallon lost",
        f"UPDATE public.vehicles SET manufacturer_mpg = round(manufacturer_mpg) WHERE id = '{VEHICLE}1'",
        "columns",
        f"vehicles {VEHICLE}1: manufacturer_mpg",
    ),
    Fault(
        "tenant swapped",
        "UPDATE public.garages SET tenant_id = '10000000-0000-4000-8000-000000000002' "
        "WHERE id = '30000000-0000-4000-8000-000000000003'",
        "rows moved",
        "garages 30000000-0000-4000-8000-000000000003",
        "traps",
    ),
    Fault(
        "tenant of an event swapped",
        event("tenant_id = '10000000-0000-4000-8000-000000000002'", f"{EVENT}2"),
        "rows moved",
        f"vehicle_events {EVENT}2",
        "traps",
    ),
    Fault(
        "status mis-mapped",
        "UPDATE public.reminders SET status = 'active' WHERE status = 'scheduled'",
        "columns",
        "reminders 70000000-0000-4000-8000-000000000002: status",
    ),
    Fault(
        "status mis-mapped, as the catalog sees it",
        "UPDATE public.reminders SET status = 'active' WHERE status = 'scheduled'",
        "mapped values",
        "reminders.status scheduled",
    ),
    Fault(
        "sequence of events re-dated",
        "UPDATE public.vehicle_events AS e SET date = o.date FROM public.vehicle_events AS o "
        f"WHERE e.id IN ('{READING}1', '{READING}2') AND o.id IN ('{READING}1', '{READING}2') AND o.id <> e.id",
        "columns",
        f"odometer_readings {READING}1: date",
    ),
    Fault(
        "author invented",
        f"UPDATE public.vehicles SET created_by = '20000000-0000-4000-8000-000000000001' WHERE id = '{VEHICLE}1'",
        "columns",
        f"vehicles {VEHICLE}1: created_by",
    ),
    Fault(
        "legacy row altered",
        event("legacy_row = legacy_row || '{\"notes\": null}'", f"{FUEL}1"),
        "columns",
        f"fuel_logs {FUEL}1: legacy_row.notes",
    ),
    Fault(
        "disputed flag lost",
        "UPDATE public.vehicle_events SET disputed = false WHERE disputed",
        "columns",
        f"service_records {SERVICE}3: disputed",
    ),
    Fault(
        "disputed flag and mark lost",
        "UPDATE public.vehicle_events SET disputed = false; DELETE FROM audit.disputed",
        "disputed",
        f"service_records {SERVICE}3",
    ),
    Fault(
        "membership lost",
        "DELETE FROM private.memberships",
        "rows missing",
        "memberships 20000000-0000-4000-8000-000000000001",
    ),
    Fault(
        "lineage lost",
        f"DELETE FROM private.event_source WHERE source_id = '{READING}4'",
        "lineage",
        f"odometer_readings {READING}4",
    ),
    Fault(
        "lineage points elsewhere",
        f"UPDATE private.event_source SET source_id = gen_random_uuid() WHERE source_id = '{READING}3'",
        "lineage",
        f"odometer_readings {READING}3",
    ),
    Fault(
        "quarantine emptied",
        "DELETE FROM audit.quarantine WHERE source_table = 'fuel_logs'",
        "rows missing",
        "fuel_logs",
        "traps",
    ),
    Fault(
        "quarantine altered",
        "UPDATE audit.quarantine SET source_row = source_row - 'notes' WHERE source_table = 'fuel_logs'",
        "quarantine rows",
        "fuel_logs 90000000-0000-4000-8000-000000000106",
        "traps",
    ),
    Fault(
        "loaded row put into quarantine",
        "INSERT INTO audit.quarantine SELECT 'fuel_logs', f.id::text, f.tenant_id, 'made up', '', to_jsonb(f) "
        f"FROM legacy.fuel_logs AS f WHERE f.id = '{FUEL}1'",
        "ledger",
        "fuel_logs",
    ),
    Fault(
        "archived row lost",
        "DELETE FROM legacy.vin_cache WHERE ctid = '(0,1)'",
        "ledger",
        "vin_cache",
    ),
    Fault(
        "archived row altered",
        "UPDATE legacy.plan_limits SET max_vehicles = max_vehicles + 1",
        "staged",
        "plan_limits",
    ),
    Fault(
        "source and target altered alike",
        f"UPDATE legacy.vehicles SET notes = 'x' WHERE id = '{VEHICLE}1';"
        f"UPDATE public.vehicles SET notes = 'x' WHERE id = '{VEHICLE}1'",
        "staged",
        "vehicles",
    ),
    Fault(
        "view shows something else",
        "CREATE OR REPLACE VIEW public.vehicle_current_mileage WITH (security_invoker = true) AS "
        "SELECT v.id AS vehicle_id, 1 AS miles, CURRENT_DATE AS date, now() AS created_at, v.tenant_id "
        "FROM public.vehicles AS v",
        "current mileage",
        f"vehicle {VEHICLE}1",
    ),
    Fault(
        "trigger disabled",
        "ALTER TABLE public.vehicle_events DISABLE TRIGGER event_0_keep",
        "triggers",
        "trigger event_0_keep on public.vehicle_events",
    ),
    Fault(
        "foreign key disabled",
        "ALTER TABLE public.reminders DISABLE TRIGGER ALL",
        "triggers",
        "on public.reminders",
    ),
    Fault(
        "rule dropped",
        "ALTER TABLE public.vehicles DROP CONSTRAINT vehicles_vin_format",
        "schema",
        "vehicles_vin_format",
    ),
    Fault(
        "rule weakened",
        "ALTER TABLE public.users ALTER email DROP NOT NULL",
        "schema",
        "not null users email",
    ),
    Fault(
        "type narrowed",
        "ALTER TABLE public.garages ALTER lat TYPE numeric(10, 8)",
        "schema",
        "type garages lat",
    ),
    Fault(
        "default lost",
        "ALTER TABLE public.garages ALTER timezone DROP DEFAULT",
        "schema",
        "default garages timezone",
    ),
    Fault(
        "unique key lost",
        "ALTER TABLE public.users DROP CONSTRAINT users_email_key",
        "schema",
        "users_email_key",
    ),
    Fault(
        "unique index lost",
        "DROP INDEX public.reminders_one_open",
        "schema",
        "ux_reminders_dedupe_open",
    ),
    Fault(
        "foreign key lost",
        "ALTER TABLE public.vehicles DROP CONSTRAINT vehicles_garage_fkey",
        "schema",
        "vehicles_garage_id_fkey",
    ),
    Fault(
        "trigger dropped",
        "DROP TRIGGER row_2_touch ON public.vehicles",
        "schema",
        "vehicles_updated_at",
    ),
    Fault(
        "row level security off",
        "ALTER TABLE public.vehicles DISABLE ROW LEVEL SECURITY",
        "schema",
        "row level security vehicles",
    ),
    Fault("old grant back", "GRANT SELECT ON public.vehicles TO anon", "", "vehicles"),
    Fault(
        "view option lost",
        "ALTER VIEW public.vehicle_current_mileage RESET (security_invoker)",
        "",
        "vehicle_current_mileage",
    ),
    Fault("policy dropped", "DROP POLICY tenant_select ON public.vehicles", "", "vehicles"),
    Fault(
        "grant added",
        "GRANT DELETE ON public.vehicle_events TO authenticated",
        "",
        "vehicle_events",
    ),
    Fault("grant to the public key added", "GRANT SELECT ON public.users TO anon", "", "users"),
]


def names(fault: Fault, check: str, text: str) -> bool:
    """Whether a finding of a check, with this text, names table, row and column of a fault."""
    words = re.split(r"[\s:]+", fault.subject)
    return fault.check in check and all(word in text for word in words)


def failures(conninfo: str, data: str, *, rows_only: bool = False) -> set[Finding]:
    """What a check of a finished load fails on."""
    with connect(conninfo) as connection:
        found = [
            *reconcile.compare_rows(connection, MANIFESTS[data]).findings,
            *reconcile.compare_definitions(connection, MANIFESTS[data]),
        ]
        if not rows_only:
            found += rebuilt.check_schema(connection)
        return {item for item in found if item.status == "fail"}


@pytest.fixture(scope="module")
def already(server: Server) -> dict[str, set[Finding]]:
    """What each undamaged load fails on: nothing, or the rows that the traps quarantine."""
    return {
        data: failures(server.conninfo(loaded_template(server, data)), data)
        for data in ("sample", "traps")
    }


@pytest.fixture
def damaged(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """A loaded database with the fault of the test planted."""
    fault: Fault = request.param
    for conninfo in clone(server, loaded_template(server, fault.data)):
        with connect(conninfo) as connection:
            connection.execute("SET session_replication_role = replica")
            assert connection.execute(fault.damage.encode()).rowcount != 0
        yield conninfo


def test_an_undamaged_load_passes(already: dict[str, set[Finding]]) -> None:
    assert already["sample"] == set()
    assert {item.check for item in already["traps"]} == {"quarantine"}


@pytest.mark.campaign(every=6)
@pytest.mark.parametrize(
    ("damaged", "fault"),
    [(item, item) for item in FAULTS],
    indirect=["damaged"],
    ids=[item.name for item in FAULTS],
)
def test_a_planted_fault_is_found_and_named(
    damaged: str, fault: Fault, already: dict[str, set[Finding]]
) -> None:
    found = failures(damaged, fault.data, rows_only=fault.check != "") - already[fault.data]
    assert any(names(fault, item.check, f"{item.subject} {item.detail}") for item in found), found


def test_the_differences_are_told_by_class(server: Server) -> None:
    expected = {
        f"UPDATE public.vehicles SET nickname = nickname || ' ' WHERE id = '{VEHICLE}1'": "trim",
        f"UPDATE public.vehicles SET model = upper(model) WHERE id = '{VEHICLE}2'": "case",
        f"UPDATE public.vehicles SET notes = '' WHERE id = '{VEHICLE}4'": "null-or-empty",
        f"UPDATE public.vehicles SET manufacturer_mpg = 17 WHERE id = '{VEHICLE}3'": "rounding",
        f"UPDATE public.vehicles SET updated_at = updated_at + interval '9h' WHERE id = '{VEHICLE}5'": "zone",
        f"UPDATE public.vehicles SET make = 'Lada' WHERE id = '{VEHICLE}5'": "real",
        event('payload = payload || \'{"tags": ["reimbursable", "trip"]}\'', f"{FUEL}1"): "order",
        event("payload = payload - 'notes'", f"{FUEL}1"): "key lost",
        event("payload = payload || '{\"x\": 1}'", f"{FUEL}1"): "key added",
    }
    with in_shared(server, loaded_template(server, "sample")) as connection:
        connection.execute("SET session_replication_role = replica")
        for damage in expected:
            connection.execute(damage.encode())
        found = cells.differences(connection)
    assert sorted(found["class"]) == sorted(expected.values())


@pytest.mark.campaign(every=6)
@pytest.mark.parametrize("batch", [(), SECOND], ids=["first", "second"])
def test_the_command_ends_with_1_and_names_each_fault(
    run_before: Callable[[str], Run], tmp_path: Path, batch: tuple[str, ...]
) -> None:
    finished = run_before("03_row_counts")
    planted = [
        fault
        for fault in FAULTS
        if fault.data == "sample" and (fault.name in batch if batch else fault.name not in SECOND)
    ]
    with finished.connect() as connection:
        connection.execute("SET session_replication_role = replica")
        for fault in planted:
            connection.execute(fault.damage.encode())
    options = jupyter.Options(tmp_path / "checks")
    outcome = jupyter.check_finished_load(finished.folder, "", options, lambda *_: None)
    assert outcome.facts["verdict"] == "failed", str(outcome.facts)
    assert EXIT_CODES["failed"] == 1
    told = read_csv(outcome.folder / "findings.csv")
    failed = told[told["status"] == "fail"]
    # three rows of each finding are named; all of them stand in the lists
    lists = ("differences.csv", "found_rows.csv", "quarantine.csv")
    rows = [line for name in lists for line in (outcome.folder / name).read_text().splitlines()]
    unnamed = [
        fault.name
        for fault in planted
        if not any(
            names(fault, item.check, f"{item.subject} {item.detail}")
            for item in failed.itertuples()
        )
        and not any(names(fault, fault.check, line) for line in rows)
    ]
    assert unnamed == []

"""Every SQL check of the reconciliation is made to speak: one planted fault for each file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import in_shared
from loads import loaded_template

from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, Server, query, query_names
from motomind_nb.reconcile.checks.counted import counted

FOLDERS = ("reconcile/checks", "reconcile/checks/views")
ORIGIN = "SELECT event_id, event_date FROM private.event_source WHERE source_table = '{}'"
OF_SOURCE = f"(id, date) IN ({ORIGIN})"
READING = (
    "CREATE OR REPLACE VIEW private.reading WITH (security_invoker = true) AS"
    " SELECT tenant_id, vehicle_id, id, date, local_time, miles + 1 AS miles, chain, created_at"
    " FROM public.vehicle_events WHERE miles IS NOT NULL"
)
MORE_MILES = "UPDATE public.vehicle_events SET miles = miles + 1 WHERE " + OF_SOURCE
LATER = "UPDATE public.vehicle_events SET date = date + 1 WHERE " + OF_SOURCE
# for each check the damage, and the status that it must then have
FAULTS = {
    "carried_back": (
        "UPDATE legacy.vehicle_events SET payload = payload ||"
        ' \'{"_rebuilt": {"local_time": "07:30:00", "chain": 1, "disputed": false}}\'',
        "fail",
    ),
    "current_mileage": (READING, "fail"),
    "erasures": (
        "INSERT INTO audit.erasure (operator, reason, tenant_id, counts)"
        " VALUES ('me', 'asked to', gen_random_uuid(), '{\"public.users\": 2}')",
        "warn",
    ),
    "event_ids": (
        "INSERT INTO private.event_source SELECT 'fuel_logs', gen_random_uuid(), tenant_id,"
        " event_id, event_date + 1 FROM private.event_source LIMIT 1",
        "fail",
    ),
    "lineage": (
        "DELETE FROM private.event_source WHERE source_id = (SELECT min(source_id::text)::uuid"
        " FROM private.event_source)",
        "fail",
    ),
    "loaded_rules": (
        "UPDATE public.vehicle_events SET payload = '{\"gallons\": 0}' WHERE type = 'fuel'",
        "fail",
    ),
    "quarantine": (
        "INSERT INTO audit.quarantine VALUES ('fuel_logs', 'x', NULL, 'no_amount', 'none', '{}')",
        "fail",
    ),
    "totals": (MORE_MILES.format("fuel_logs"), "fail"),
    "triggers": ("ALTER TABLE public.vehicles DISABLE TRIGGER USER", "fail"),
    "fleet_overview": (
        "DELETE FROM public.vehicles WHERE garage_id IS NOT NULL AND deleted_at IS NULL",
        "fail",
    ),
    "latest_odometer_readings": (LATER.format("odometer_readings"), "fail"),
    "latest_service_records": (LATER.format("service_records"), "fail"),
    "odometer_reading_stats": (MORE_MILES.format("odometer_readings"), "fail"),
    "service_record_stats": (
        "DELETE FROM public.vehicle_events WHERE " + OF_SOURCE.format("service_records"),
        "fail",
    ),
    "vehicle_current_mileage": (READING, "warn"),
}
QUERIES = [name for folder in FOLDERS for name in query_names(folder)]


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    with in_shared(server, loaded_template(server, "sample")) as connection:
        yield connection


def found(connection: Connection, name: str) -> set[Finding]:
    """What a check says that is not ok."""
    return {item for item in counted(connection, query(name)) if item.status != "ok"}


def test_every_check_has_a_fault() -> None:
    assert sorted(name.rpartition("/")[2] for name in QUERIES) == sorted(FAULTS)


@pytest.mark.parametrize("name", QUERIES)
def test_a_planted_fault_is_told(loaded: Connection, name: str) -> None:
    damage, status = FAULTS[name.rpartition("/")[2]]
    before = found(loaded, name)
    loaded.execute("SET LOCAL session_replication_role = replica")
    loaded.execute(damage)  # type: ignore[arg-type]
    new = found(loaded, name) - before
    assert new and {item.status for item in new} == {status}, new
    assert all(item.check and item.subject and item.found for item in new)


BROKEN = {
    "fuel": ("'[]'", "{}", '{"total_amount": -1, "gallons": 3}', '{"gallons": 0}'),
    "maintenance": ("{}", '{"kind": " "}', '{"kind": 7}'),
    "document": ("{}", '{"doc_type": ""}'),
}
KEPT = {
    "fuel": ('{"gallons": 0.001}', '{"total_amount": 5, "notes": "NaN"}'),
    "maintenance": ('{"service_type": "x"}', '{"kind": "oil", "total_cost": 0}'),
    "document": ('{"doc_type": "title"}',),
}


@pytest.mark.parametrize("type_", BROKEN)
def test_each_rule_of_a_payload_is_asked_again(loaded: Connection, type_: str) -> None:
    loaded.execute("SET LOCAL session_replication_role = replica")
    for payloads, number in ((BROKEN[type_], 1), (KEPT[type_], 0)):
        for payload in payloads:
            text = payload.strip("'")
            loaded.execute(
                "UPDATE public.vehicle_events SET payload = %s, type = %s WHERE id ="
                " (SELECT min(id::text)::uuid FROM public.vehicle_events)",
                (text, type_),
            )
            told = found(loaded, "reconcile/checks/loaded_rules")
            assert len(told) == number, (text, told)


def test_nan_of_a_folded_row_is_told(loaded: Connection) -> None:
    loaded.execute("SET LOCAL session_replication_role = replica")
    change = "UPDATE public.vehicle_events SET payload = payload || %s WHERE "
    loaded.execute(change + OF_SOURCE.format("service_records"), ('{"labor_cost": "NaN"}',))
    (told,) = found(loaded, "reconcile/checks/loaded_rules")
    assert told.subject == "vehicle_events: an amount, volume or coordinate that is NaN"

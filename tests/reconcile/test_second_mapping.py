"""The second mapping: a table beside the projections, and what it says of projections gone wrong."""

# ruff: noqa: E501 - a text of a projection and the wrong one read best on one line

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from conftest import clone
from filled import filled_template
from loads import load_staged, loaded_template
from wrong_projections import Wrong, in_place_of_right_ones

from motomind_nb.core import Finding
from motomind_nb.legacy import catalog, mapping_lines
from motomind_nb.load import projections
from motomind_nb.postgres import Server, connect, query_names, query_text
from motomind_nb.reconcile.columns import second_mapping_findings

EVENT = "{}__vehicle_events"
FUEL, ODOMETER, SERVICE, OLD_EVENTS = map(
    EVENT.format, ("fuel_logs", "odometer_readings", "service_records", "vehicle_events")
)
# kind, projection, its text, the wrong one; and the column that the finding must name
WRONG = {
    "garages.address: address": Wrong(
        "a column NULL", "garages__garages", "g.address,", "NULL::text AS address,"
    ),
    "users.email: email": Wrong(
        "upper-cased", "users__users", "u.email,", "upper(u.email) AS email,"
    ),
    "fuel_logs.gallons: payload.gallons": Wrong(
        "rounded", FUEL, "f.gallons,", "round(f.gallons, 1),"
    ),
    "garages.lat: lat": Wrong(
        "rounded by a cast", "garages__garages", "g.lat,", "g.lat::real::double precision AS lat,"
    ),
    "service_records.next_service_miles: payload.next_service_miles": Wrong(
        "plus one", SERVICE, "s.next_service_miles,", "s.next_service_miles + 1,"
    ),
    "vehicles.make: make": Wrong(
        "its neighbour's", "vehicles__vehicles", "v.make,", "v.model AS make,"
    ),
    "fuel_logs.created_by: payload.logged_by": Wrong(
        "its neighbour's in the payload", FUEL, "f.created_by,", "f.updated_by,"
    ),
    "reminders.status: status": Wrong(
        "a status exchanged",
        "reminders__reminders",
        "WHEN 'done' THEN 'completed'",
        "WHEN 'done' THEN 'dismissed'",
    ),
    "odometer_readings.reading_time: local_time": Wrong(
        "no local time", ODOMETER, "o.reading_time AS", "NULL::time AS"
    ),
    "fuel_logs.(new): time_zone": Wrong(
        "a fixed time zone", FUEL, "g.timezone AS time_zone", "'UTC' AS time_zone"
    ),
    "service_records.(new): zone_source": Wrong(
        "no source of the zone",
        SERVICE,
        "CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS",
        "NULL AS",
    ),
    "vehicle_events.payload: payload": Wrong(
        "an empty payload", OLD_EVENTS, "e.payload,", "'{{}}'::jsonb AS payload,"
    ),
    "odometer_readings.fuel_level: payload.fuel_level": Wrong(
        "a key lost", ODOMETER, "'fuel_level', o.fuel_level,", ""
    ),
    "odometer_readings.(new): payload.*": Wrong(
        "a key added", ODOMETER, "'notes', o.notes,", "'notes', o.notes, 'more', 1,"
    ),
    "service_records.total_cost: payload.total_amount": Wrong(
        "a number as text",
        SERVICE,
        "'total_amount', s.total_cost,",
        "'total_amount', s.total_cost::text,",
    ),
    "fuel_logs.notes: payload.notes": Wrong(
        "an empty text for none", FUEL, "f.notes,", "nullif(f.notes, f.notes),"
    ),
    "service_records.service_date: date": Wrong(
        "a date a day later", SERVICE, "s.service_date AS date", "s.service_date + 1 AS date"
    ),
    "vehicle_events.created_at: created_at": Wrong(
        "a time in another zone",
        OLD_EVENTS,
        "    e.created_at\n",
        "    e.created_at AT TIME ZONE 'America/New_York' AT TIME ZONE 'UTC' AS created_at\n",
    ),
    "vehicle_images.filename: filename": Wrong(
        "the value of another row",
        "vehicle_images__vehicle_images",
        "i.filename,",
        "coalesce(lead(i.filename) OVER (ORDER BY i.id), first_value(i.filename) OVER (ORDER BY i.id)) AS filename,",
    ),
    "fuel_logs.(new): legacy_row": Wrong(
        "a legacy row without a key",
        FUEL,
        "to_jsonb(f.*) AS legacy_row",
        "to_jsonb(f.*) - 'tax_amount' AS legacy_row",
    ),
    "fuel_logs.(new): chain": Wrong("another constant", FUEL, "1 AS chain", "2 AS chain"),
    "odometer_readings.(new): type": Wrong(
        "another type", ODOMETER, "'odometer' AS type", "'document' AS type"
    ),
    "vehicles.display_name: nickname": Wrong(
        "the backup's name for every vehicle",
        "vehicles__vehicles",
        "CASE WHEN btrim(v.display_name) <> '' THEN v.display_name ELSE coalesce(b.name, v.display_name) END",
        "coalesce(b.name, v.display_name)",
    ),
    "tenants.plan_name: plan_name": Wrong(
        "a default for every row", "tenants__tenants", "t.plan_name,", "'other' AS plan_name,"
    ),
    "users.(new): tenant_id": Wrong(
        "another tenant",
        "users__users",
        "home.tenant_id,",
        "(SELECT max(t.id::text)::uuid FROM audit.loadable_tenants AS t) AS tenant_id,",
    ),
    "vehicles.created_at: created_at": Wrong(
        "a time without its fraction",
        "vehicles__vehicles",
        "v.created_at,",
        "date_trunc('second', v.created_at) AS created_at,",
    ),
    "service_records.id: id": Wrong(
        "an id that nobody derives",
        SERVICE,
        "'service_records:' || s.id::text",
        "'service:' || s.id::text",
    ),
    "memberships: rows": Wrong(
        "rows left out", "memberships__memberships", "AS m\n", "AS m\nWHERE m.role <> 'viewer'\n"
    ),
}


@pytest.fixture(scope="module")
def right(server: Server) -> list[Finding]:
    """What the second mapping says of a filled source that is loaded as it should be."""
    return told_of(server, [])


@pytest.fixture(scope="module")
def wrong(server: Server) -> dict[str, Finding]:
    """What it says that is not ok when all of WRONG is loaded at once, by subject."""
    return {item.subject: item for item in told_of(server, WRONG.values()) if item.status != "ok"}


def told_of(server: Server, wrong: Iterable[Wrong]) -> list[Finding]:
    """What the second mapping says of a filled source loaded by wrong projections."""
    found: list[Finding] = []
    with pytest.MonkeyPatch.context() as patch, in_place_of_right_ones(wrong, patch):
        for conninfo in clone(server, filled_template(server)):
            with connect(conninfo) as connection:
                load_staged(connection)
                found = list(second_mapping_findings(connection))
    return found


def test_right_projections_pass(right: list[Finding]) -> None:
    assert [item for item in right if item.status != "ok"] == []
    assert len({item.subject for item in right}) == len(right) > 230


def test_nothing_else_is_told(wrong: dict[str, Finding]) -> None:
    assert set(wrong) == set(WRONG)
    assert {item.status for item in wrong.values()} == {"fail"}


@pytest.mark.parametrize("subject", WRONG)
def test_a_wrong_projection_is_told(wrong: dict[str, Finding], subject: str) -> None:
    assert subject in wrong
    if not subject.endswith(": rows"):
        assert re.search(r"\d+ rows? differs?, for example ", wrong[subject].detail)


def test_a_finding_shows_both_values_but_no_personal_ones(wrong: dict[str, Finding]) -> None:
    assert "(hidden) became (hidden)" in wrong["users.email: email"].detail
    assert "@" not in wrong["users.email: email"].detail
    assert "completed became dismissed" in wrong["reminders.status: status"].detail
    assert re.search(r"\d\.250 became \d+\.3\b", wrong["fuel_logs.gallons: payload.gallons"].detail)


def test_right_loads_of_the_samples_pass(server: Server) -> None:
    for data in ("sample", "traps"):
        for conninfo in clone(server, loaded_template(server, data)):
            with connect(conninfo) as connection:
                assert [
                    item for item in second_mapping_findings(connection) if item.status != "ok"
                ] == []


def test_two_rows_that_exchange_a_value_differ(server: Server) -> None:
    for conninfo in clone(server, loaded_template(server, "sample")):
        with connect(conninfo) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(
                "UPDATE public.vehicles AS v SET model = o.model FROM (SELECT id, lead(model, 1, first)"
                " OVER (ORDER BY id) AS model FROM public.vehicles, LATERAL (SELECT model AS first FROM"
                " public.vehicles ORDER BY id LIMIT 1) AS f) AS o WHERE v.id = o.id"
            )
            found = [item for item in second_mapping_findings(connection) if item.status != "ok"]
    assert [item.subject for item in found] == ["vehicles.model: model"]


def test_every_column_has_one_line_and_every_target_column_too(server: Server) -> None:
    mapped = [*catalog.KEPT, *catalog.FOLDED, "memberships"]
    assert sorted(mapping_lines()) == sorted(mapped)
    for conninfo in clone(server, loaded_template(server, "sample")):
        with connect(conninfo) as connection:
            held = {item.source: set(item.columns(connection)) for item in projections()}
    for source, lines in mapping_lines().items():
        item = catalog.objects()[source]
        named = [line.source_column for line in lines if line.source_column]
        assert sorted(named) == sorted(column.name for column in item.columns)
        for line in lines:
            assert line.target_table == (item.target or f"public.{source}")
            if line.source_column:
                column = item.column(line.source_column)
                assert line.targets == column.targets
                assert line.is_archived == (column.fate == "archived")
                if line.conversion == "value map":
                    assert line.values == column.values
            if line.is_archived or not line.source_column:
                assert line.reason
        targets = [target for line in lines for target in line.targets]
        assert len(targets) == len(set(targets))
        filled = {"payload" if target.startswith("payload.") else target for target in targets}
        assert {name for name in filled if not name.startswith("legacy_row.")} == held[source]


def test_each_conversion_of_the_table_is_a_query_and_each_query_is_used() -> None:
    used = {
        line.conversion.replace(" ", "_")
        for lines in mapping_lines().values()
        for line in lines
        if not line.is_archived
    }
    names = query_names("reconcile/columns/conversions")
    assert used == {name.rpartition("/")[2] for name in names}


def lines_of(name: str) -> set[str]:
    """The lines of a query that say something: no comments, no lone column or key word."""
    found = (line.strip().rstrip(",") for line in query_text(name).splitlines())
    return {line for line in found if not line.startswith("--") and len(line) > 20}


def test_it_shares_no_line_with_the_projections() -> None:
    folders = ("rows", "held", "conversions", "sums", "keys", ".")
    own = [name for folder in folders for name in query_names(f"reconcile/columns/{folder}")]
    others = [*query_names("load/projections"), "load/tenant_of_user"]
    assert own
    theirs = set().union(*map(lines_of, others))
    assert set().union(*map(lines_of, own)) & theirs == set()

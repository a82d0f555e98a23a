"""The round trip: the old rows from the rebuilt tables alone, and what does not come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import in_shared
from filled import filled_template
from loads import load_staged, loaded_template
from wrong_projections import WRONG, in_place_of_right_ones

from motomind_nb.core import Finding
from motomind_nb.legacy import archived_values, catalog
from motomind_nb.load import projections
from motomind_nb.postgres import Connection, Server, query_names, rows
from motomind_nb.postgres.queries import compose
from motomind_nb.reconcile import round_trip_findings
from motomind_nb.reconcile.columns import second_mapping_findings

SOURCES = [projection.source for projection in projections()]
REVERSE = {projection.source: projection.reverse for projection in projections()}
SUM = "SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)), 0) FROM ({reverse}) AS r"
USED = """
SELECT DISTINCT n.nspname FROM pg_depend AS d
JOIN pg_rewrite AS w ON w.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
JOIN pg_class AS c ON c.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE w.ev_class = 'given'::regclass AND c.oid <> w.ev_class
"""
# what no reverse projection may lean on
ELSEWHERE = (
    "ALTER TABLE public.vehicle_events DROP COLUMN legacy_row CASCADE",
    "DROP SCHEMA legacy CASCADE",
    "DROP SCHEMA audit CASCADE",
)
PAYLOAD = "UPDATE public.vehicle_events SET payload = payload || '{}' WHERE (id, date) IN ({})"
FIRST = (
    "SELECT event_id, event_date FROM private.event_source WHERE source_table = '{}'"
    " ORDER BY source_id LIMIT 1"
)


def payload(source: str, more: str) -> str:
    """The statement that changes the payload of a source's first event."""
    return PAYLOAD.format(more, FIRST.format(source))


# a damage of a filled load, and the subject that must fail
DAMAGES = {
    "fuel_logs.notes": payload("fuel_logs", '{"notes": "x"}'),
    "fuel_logs.is_verified": payload("fuel_logs", '{"is_verified": null}'),
    "odometer_readings.warning_lights": payload("odometer_readings", '{"warning_lights": ["a"]}'),
    "service_records.service_items": payload("service_records", '{"service_items": [1]}'),
    "service_records.created_by": payload("service_records", '{"logged_by": "x"}'),
    "garages.lat": "UPDATE public.garages SET lat = lat::real",
    "vehicles.display_name": "UPDATE public.vehicles SET nickname = upper(nickname)",
    "reminders.due_miles": "UPDATE public.reminders SET due_mileage = NULL WHERE due_mileage = 8",
    "memberships.role": (
        "UPDATE private.memberships AS m SET role = o.role FROM (SELECT user_id, lead(role, 1,"
        " 'viewer') OVER (ORDER BY user_id) AS role FROM private.memberships) AS o"
        " WHERE o.user_id = m.user_id"
    ),
    "vehicle_images": "DELETE FROM public.vehicle_images WHERE filename LIKE '% 1'",
    "odometer_readings": (
        "DELETE FROM private.event_source WHERE source_id = (SELECT source_id FROM"
        " private.event_source WHERE source_table = 'odometer_readings'"
        " ORDER BY source_id DESC LIMIT 1)"
    ),
    "service_records": payload("service_records", '{"warranty_months": "many"}'),
}
# values that the list names, made in the staged copy before the load; what is given back of them
LISTED = {
    "fuel_logs.ocr_data": "UPDATE legacy.fuel_logs SET ocr_data = 'null'",
    "odometer_readings.ocr_data": "UPDATE legacy.odometer_readings SET ocr_data = 'null'",
    "service_records.ocr_data": "UPDATE legacy.service_records SET ocr_data = 'null'",
    "service_records.service_items": "UPDATE legacy.service_records SET service_items = 'null'",
    "odometer_readings.warning_lights": (
        "UPDATE legacy.odometer_readings SET warning_lights = '{{a,b},{c,d}}'"
    ),
    "fuel_logs.tags": "UPDATE legacy.fuel_logs SET tags = '[0:1]={a,b}'",
    "service_records.tags": "UPDATE legacy.service_records SET tags = '{{a},{b}}'",
    "vehicles.display_name": "UPDATE legacy.vehicles SET display_name = ' '",
}


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    """A connection to the filled source, loaded as it should be."""
    with in_shared(server, filled_template(server)) as connection:
        load_staged(connection)
        connection.execute("SET LOCAL session_replication_role = replica")
        yield connection


@pytest.fixture(scope="module")
def damaged(server: Server) -> dict[str, Finding]:
    """What the round trip says that fails when all of DAMAGES is done at once, by subject."""
    found: list[Finding] = []
    with in_shared(server, filled_template(server)) as connection:
        load_staged(connection)
        connection.execute("SET LOCAL session_replication_role = replica")
        for subject, damage in DAMAGES.items():
            if subject != "service_records":
                connection.execute(damage.encode())
        found = list(round_trip_findings(connection))
    return {item.subject: item for item in found if item.status == "fail"}


def told(connection: Connection, status: str) -> dict[str, Finding]:
    """The findings of one status, by subject."""
    return {item.subject: item for item in round_trip_findings(connection) if item.status == status}


def test_all_comes_back_but_what_the_list_names(loaded: Connection) -> None:
    assert told(loaded, "fail") == {}
    assert set(told(loaded, "note")) == {"vehicle_events.updated_at"}
    assert set(told(loaded, "ok")) == set(SOURCES)
    assert len(SOURCES) == 11


@pytest.mark.parametrize("data", ["sample", "traps"])
def test_the_samples_come_back(server: Server, data: str) -> None:
    with in_shared(server, loaded_template(server, data)) as connection:
        assert told(connection, "fail") == {}


def test_it_reads_the_rebuilt_schema_alone(loaded: Connection) -> None:
    before = {
        source: loaded.execute(compose(SUM, reverse=reverse)).fetchone()
        for source, reverse in REVERSE.items()
    }
    assert sorted(before) == sorted(name.rpartition("/")[2] for name in query_names("load/reverse"))
    for source, reverse in REVERSE.items():
        loaded.execute(compose("CREATE TEMPORARY VIEW given AS {reverse}", reverse=reverse))
        used = {row["nspname"] for row in rows(loaded, USED.encode())}
        assert used and used <= {"public", "private"}, source
        loaded.execute("DROP VIEW given")
    for statement in ELSEWHERE:
        loaded.execute(statement.encode())
    for source, reverse in REVERSE.items():
        assert loaded.execute(compose(SUM, reverse=reverse)).fetchone() == before[source], source


@pytest.mark.parametrize("subject", [name for name in DAMAGES if name != "service_records"])
def test_what_does_not_come_back_fails(damaged: dict[str, Finding], subject: str) -> None:
    assert subject in damaged
    if "." in subject:
        assert "for example" in damaged[subject].detail


def test_nothing_else_fails(damaged: dict[str, Finding]) -> None:
    columns = {subject for subject in DAMAGES if "." in subject}
    tables = {subject.partition(".")[0] for subject in DAMAGES} | {"vehicle_events"}
    # an event whose origin is lost comes back as one that was written since
    assert set(damaged) == columns | tables


def test_a_row_under_another_key_fails_though_the_numbers_agree(loaded: Connection) -> None:
    loaded.execute(
        "UPDATE private.event_source SET source_id = gen_random_uuid() WHERE source_id ="
        " (SELECT max(source_id::text)::uuid FROM private.event_source"
        " WHERE source_table = 'fuel_logs')"
    )
    found = told(loaded, "fail")
    assert set(found) == {"fuel_logs"}
    assert found["fuel_logs"].detail == "1 row missing under its key, 1 row extra"
    mapped = [item for item in second_mapping_findings(loaded) if item.status != "ok"]
    assert [(item.subject, item.detail) for item in mapped] == [
        ("fuel_logs: rows", "1 row missing under its key, 1 row extra")
    ]


def test_a_value_of_another_type_is_a_failure_and_no_error(loaded: Connection) -> None:
    loaded.execute(DAMAGES["service_records"].encode())
    assert set(told(loaded, "fail")) == {"service_records"}
    assert "many" in told(loaded, "fail")["service_records"].detail


def test_listed_values_are_notes_with_their_number(server: Server) -> None:
    with in_shared(server, filled_template(server)) as connection:
        connection.execute(
            "ALTER TABLE legacy.vehicles DROP CONSTRAINT IF EXISTS"
            " chk_vehicles_display_name_not_empty"
        )
        for statement in LISTED.values():
            connection.execute(statement.encode())
        load_staged(connection)
        assert told(connection, "fail") == {}
        notes = told(connection, "note")
    assert set(notes) == set(LISTED) | {"vehicle_events.updated_at"}
    assert notes["vehicles.display_name"].found == "60 rows of that kind"
    listed = {f"{item.object}.{item.column}": item for item in archived_values()}
    assert set(listed) == set(notes)
    for subject, item in listed.items():
        assert item.reason in notes[subject].detail


def test_a_listed_value_does_not_excuse_others(server: Server) -> None:
    with in_shared(server, filled_template(server)) as connection:
        connection.execute("UPDATE legacy.fuel_logs SET ocr_data = 'null' WHERE is_verified")
        load_staged(connection)
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE public.vehicle_events SET payload = payload || '{\"ocr_data\": 1}'"
            " WHERE type = 'fuel' AND payload ->> 'is_verified' = 'false'"
        )
        assert "fuel_logs.ocr_data" in told(connection, "note")
        assert "fuel_logs.ocr_data" in told(connection, "fail")


def test_a_column_that_is_neither_given_back_nor_listed_fails(
    loaded: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motomind_nb.reconcile.columns import round_trip

    kept = tuple(item for item in archived_values() if item.when != "always")
    with monkeypatch.context() as patch:
        patch.setattr(round_trip, "archived_values", lambda: kept)
        found = told(loaded, "fail")["vehicle_events.updated_at"]
        assert "does not list it" in found.detail
    more = (*kept, *(item for item in archived_values() if item.when == "always"))
    given = type(more[0])("garages", "name", "always", "no reason")
    with monkeypatch.context() as patch:
        patch.setattr(round_trip, "archived_values", lambda: (*more, given))
        assert set(told(loaded, "fail")) == {"garages.name"}


def test_the_list_names_columns_of_the_catalog_and_what_it_calls_archived() -> None:
    conditions = {name.rpartition("/")[2] for name in query_names("reconcile/columns/archived")}
    always = set()
    for item in archived_values():
        assert catalog.objects()[item.object].column(item.column) and item.reason
        if item.is_always:
            always.add((item.object, item.column))
    said = {item.when.replace(" ", "_") for item in archived_values() if not item.is_always}
    assert said == conditions
    assert always == {
        (source, column.name)
        for source in SOURCES
        for column in catalog.objects()[source].columns
        if column.fate == "archived"
    }


def test_what_a_wrong_projection_loses_does_not_come_back(server: Server) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        in_place_of_right_ones(WRONG.values(), patch),
        in_shared(server, filled_template(server)) as connection,
    ):
        load_staged(connection)
        failed = set(told(connection, "fail"))
    # what stands in no column of the old table, or stands twice, cannot be missed on the way back
    unseen = {"service_records.total_cost", "service_records.id"}
    columns = {subject.partition(":")[0] for subject in WRONG if ": rows" not in subject}
    columns = {name for name in columns if "(new)" not in name}
    assert failed == columns - unseen | {name.partition(".")[0] for name in columns - unseen} | {
        "memberships"
    }

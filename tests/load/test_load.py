"""The load: every rule of quarantine, every decision, the same rows in any order, all or nothing."""

# ruff: noqa: E501, PLR0917 - a case and its values read best on one line

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from conftest import clone, in_shared
from loads import MANIFESTS, loaded_template, staged_template
from planted import BROKEN, DROP_RULES, TENANT, VEHICLE, insert_copy

from motomind_nb import load, rebuilt, reconcile
from motomind_nb.core import Finding, MotomindError, Refused
from motomind_nb.postgres import Connection, Server, connect, query, rows, value
from motomind_nb.postgres.queries import compose


def load_all(connection: Connection) -> list[Finding]:
    """Rebuild and load what is staged."""
    rebuilt.create_tables(connection, load.event_years(connection))
    found = load.load_staged_rows(connection)
    rebuilt.add_keys_and_rules(connection)
    return found


@pytest.fixture
def staged(server: Server) -> Iterator[Connection]:
    """A connection to the staged sample."""
    with in_shared(server, staged_template(server, "sample")) as connection:
        yield connection


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    """A connection to the loaded sample."""
    with in_shared(server, loaded_template(server, "sample")) as connection:
        yield connection


@pytest.fixture(scope="module")
def quarantined(server: Server) -> Iterator[dict[tuple[str, str], dict[str, object]]]:
    """What stands in quarantine when every rule is broken by a row of its own."""
    for conninfo in clone(server, staged_template(server, "sample")):
        with connect(conninfo) as connection:
            connection.execute(DROP_RULES)
            for source, copied, ending, changes, _ in BROKEN:
                insert_copy(connection, source, copied, {"id": copied[:-2] + ending, **changes})
            load_all(connection)
            found = rows(connection, b"SELECT * FROM audit.quarantine")
            ledger = reconcile.ledger(connection, MANIFESTS["sample"])
            assert [
                item
                for item in reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
                if item.status == "fail"
                and item.check.startswith(
                    (
                        "rows",
                        "columns",
                        "keys",
                        "lineage",
                        "totals",
                        "fingerprint",
                        "disputed",
                        "event",
                    )
                )
            ] == []
        assert ledger["quarantined"].sum() == len(found)
    yield {(row["source_table"], row["source_id"]): row for row in found}


@pytest.mark.parametrize(
    ("source", "copied", "ending", "changes", "rule"),
    BROKEN,
    ids=[f"{source} {rule} {ending}" for source, _, ending, _, rule in BROKEN],
)
def test_a_row_that_a_rule_refuses_is_in_quarantine(
    quarantined: dict[tuple[str, str], dict[str, object]],
    source: str,
    copied: str,
    ending: str,
    changes: dict[str, object],
    rule: str,
) -> None:
    row = quarantined[source, copied[:-2] + ending]
    whole = row["source_row"]
    assert row["rule"] == rule
    assert str(row["reason"]).strip()
    assert isinstance(whole, dict)
    assert {key: whole[key] for key in changes if key != "created_at"} == {
        key: text for key, text in changes.items() if key != "created_at"
    }


def test_only_the_broken_rows_are_in_quarantine(
    quarantined: dict[tuple[str, str], dict[str, object]],
) -> None:
    assert set(quarantined) == {(item[0], item[1][:-2] + item[2]) for item in BROKEN}


def test_the_sample_needs_no_quarantine(loaded: Connection) -> None:
    assert value(loaded, b"SELECT count(*) FROM audit.quarantine") == 0
    assert value(loaded, b"SELECT count(*) FROM public.vehicle_events") == 15


def test_a_row_of_another_tenant_names_both_tenants(server: Server) -> None:
    with in_shared(server, loaded_template(server, "traps")) as connection:
        reason = value(
            connection,
            b"SELECT reason FROM audit.quarantine "
            b"WHERE source_table = 'reminders' AND rule = 'tenant_conflict'",
        )
    assert TENANT in reason
    assert TENANT[:-1] + "2" in reason


def test_the_result_does_not_depend_on_the_order_of_rows(server: Server) -> None:
    prints = []
    for order in ("id", "id DESC", "md5(id::text)"):
        with in_shared(server, staged_template(server, "traps")) as connection:
            connection.execute("SET session_replication_role = replica")
            for source in (
                "vehicle_events",
                "odometer_readings",
                "fuel_logs",
                "service_records",
                "reminders",
                "vehicles",
            ):
                connection.execute(f"CREATE TEMP TABLE held AS SELECT * FROM legacy.{source}")
                connection.execute(f"DELETE FROM legacy.{source}")
                connection.execute(
                    f"INSERT INTO legacy.{source} SELECT * FROM held ORDER BY {order}"
                )
                connection.execute("DROP TABLE held")
            connection.execute("SET session_replication_role = origin")
            decisions = load_all(connection)
            fingerprints = [
                value(
                    connection,
                    f"SELECT sum(hashtextextended(t::text, 0)) FROM {table} AS t".encode(),
                )
                for table in (
                    "public.vehicle_events",
                    "private.event_source",
                    "audit.disputed",
                    "audit.quarantine",
                    "public.reminders",
                    "public.users",
                )
            ]
            prints.append((decisions, fingerprints))
    assert prints[0] == prints[1] == prints[2]


def test_a_loaded_target_is_not_loaded_again(loaded: Connection) -> None:
    with pytest.raises(Refused, match=r"public\.tenants"):
        load.load_staged_rows(loaded)


def test_unmapped_values_refuse_all_at_once(staged: Connection) -> None:
    staged.execute(DROP_RULES)
    staged.execute("UPDATE legacy.reminders SET status = 'snoozed' WHERE status = 'open'")
    staged.execute("UPDATE legacy.vehicle_events SET type = 'inspection' WHERE type = 'document'")
    rebuilt.create_tables(staged)
    with pytest.raises(Refused) as refused:
        load.load_staged_rows(staged)
    assert "snoozed" in str(refused.value)
    assert "inspection" in str(refused.value)
    assert value(staged, b"SELECT count(*) FROM public.tenants") == 0


def test_a_rule_that_still_refuses_names_source_and_rule(staged: Connection) -> None:
    rebuilt.create_tables(staged)
    staged.execute("ALTER TABLE public.garages ADD CONSTRAINT no_cabin CHECK (name <> 'Cabin')")
    with pytest.raises(MotomindError, match=r"garages.*no_cabin"):
        load.load_staged_rows(staged)


def test_triggers_do_not_run_in_the_load_and_work_afterwards(loaded: Connection) -> None:
    assert value(loaded, b"SELECT count(*) FROM private.vehicle_writer") == 0
    with pytest.raises(psycopg.errors.RestrictViolation):
        loaded.execute("UPDATE public.vehicle_events SET miles = 1")


def test_a_missing_name_comes_from_the_naming_backup(staged: Connection) -> None:
    staged.execute(DROP_RULES)
    staged.execute("UPDATE legacy.vehicles SET display_name = '' WHERE id = %s", (VEHICLE,))
    staged.execute(
        "UPDATE legacy.vehicles_naming_backup SET nickname = ' ' WHERE id = %s", (VEHICLE,)
    )
    found = load_all(staged)
    name = value(staged, b"SELECT nickname FROM public.vehicles WHERE id = %(id)s", {"id": VEHICLE})
    assert name == "Subaru Outback 2019"
    assert [item.subject for item in found if item.check == "load name from backup"] == [
        "vehicles.display_name"
    ]


def test_a_user_without_membership_belongs_to_the_only_tenant(staged: Connection) -> None:
    staged.execute("DELETE FROM legacy.memberships")
    found = load_all(staged)
    assert str(value(staged, b"SELECT tenant_id FROM public.users")) == TENANT
    assert [item.status for item in found if item.check == "load tenant of user"] == ["warn"]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"1": ("viewer", "2020-01-01"), "2": ("owner", "2024-01-01")}, "2"),
        ({"1": ("owner", "2024-01-01"), "2": ("owner", "2020-01-01")}, "2"),
        ({"1": ("manager", "2024-01-01"), "2": ("viewer", "2020-01-01")}, "1"),
    ],
)
def test_the_tenant_of_a_user_is_the_first_membership(
    staged: Connection, roles: dict[str, tuple[str, str]], expected: str
) -> None:
    insert_copy(staged, "tenants", TENANT, {"id": TENANT[:-1] + "2"})
    staged.execute("DELETE FROM legacy.memberships")
    for ending, (role, day) in roles.items():
        staged.execute(
            "INSERT INTO legacy.memberships SELECT %s, id, %s, %s FROM legacy.users",
            (TENANT[:-1] + ending, role, day),
        )
    load_all(staged)
    assert str(value(staged, b"SELECT tenant_id FROM public.users")) == TENANT[:-1] + expected
    assert value(staged, b"SELECT count(*) FROM private.memberships") == 2


def test_an_id_of_two_sources_gets_a_derived_one_in_the_later(staged: Connection) -> None:
    shared = "80000000-0000-4000-8000-000000000001"
    insert_copy(staged, "fuel_logs", "90000000-0000-4000-8000-000000000001", {"id": shared})
    found = load_all(staged)
    led = rows(
        staged,
        b"SELECT source_table, event_id::text = source_id::text AS same "
        b"FROM private.event_source WHERE source_id = %(id)s ORDER BY 1",
        {"id": shared},
    )
    assert led == [
        {"source_table": "fuel_logs", "same": False},
        {"source_table": "odometer_readings", "same": True},
    ]
    assert [item.subject for item in found if item.check == "load event id replaced"] == [
        "fuel_logs.id"
    ]
    assert [
        item
        for item in reconcile.compare_rows(staged, MANIFESTS["sample"]).findings
        if item.status == "fail" and item.check not in ("staged", "ledger", "views")
    ] == []


def test_the_first_readings_without_a_time_fit_in_the_order_of_their_miles(
    staged: Connection,
) -> None:
    first = "80000000-0000-4000-8000-000000000001"
    day = {"reading_date": "2025-09-21"}
    for ending, miles, time in (
        ("e1", 53300, "08:00"),
        ("e2", 53290, None),
        ("e3", 53250, "09:00"),
    ):
        changes = {"id": first[:-2] + ending, "mileage": miles, "reading_time": time, **day}
        insert_copy(staged, "odometer_readings", first, changes)
    load_all(staged)
    disputed = rows(
        staged,
        b"SELECT source_id::text AS id FROM audit.disputed "
        b"WHERE source_table = 'odometer_readings'",
    )
    assert [row["id"] for row in disputed] == [first[:-2] + "e1"]


def test_the_more_trusted_source_wins_a_tie(staged: Connection) -> None:
    staged.execute("DELETE FROM legacy.odometer_readings")
    staged.execute("DELETE FROM legacy.service_records")
    staged.execute("DELETE FROM legacy.vehicle_events")
    insert_copy_of_reading = {"vehicle_id": VEHICLE, "date": "2025-09-19"}
    fuel = "90000000-0000-4000-8000-000000000001"
    insert_copy(
        staged,
        "fuel_logs",
        fuel,
        {"id": fuel[:-2] + "e1", **insert_copy_of_reading, "odometer_reading": 60000},
    )
    staged.execute(
        "INSERT INTO legacy.service_records (id, source, tenant_id, vehicle_id, service_date,"
        " service_type, total_cost, odometer_reading)"
        " VALUES (gen_random_uuid(), 'manual', %s, %s, '2025-09-18', 'oil', 1, 60040)",
        (TENANT, VEHICLE),
    )
    staged.execute("DELETE FROM legacy.fuel_logs WHERE id = %s", (fuel,))
    for order, loser in (
        (
            ("fuel_logs", "service_records", "vehicle_events", "odometer_readings"),
            "service_records",
        ),
        (("service_records", "fuel_logs", "vehicle_events", "odometer_readings"), "fuel_logs"),
    ):
        rebuilt.create_tables(staged)
        load.load_staged_rows(staged, order)
        assert value(staged, b"SELECT source_table FROM audit.disputed") == loser
        staged.execute("DELETE FROM audit.disputed")
        staged.execute(
            "DROP SCHEMA private CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        )


def test_projections_name_the_columns_of_their_targets(loaded: Connection) -> None:
    for projection in load.projections():
        held = [
            column.name
            for column in loaded.execute(
                query("reconcile/held_columns", table=projection.table, columns=compose("*"))
            ).description
            or ()
        ]
        assert sorted(projection.columns(loaded)) == sorted(held)


@pytest.mark.parametrize("memberships", ["kept", "taken"])
def test_users_of_a_tenant_in_quarantine_are_there_too(
    staged: Connection, memberships: str
) -> None:
    staged.execute(DROP_RULES)
    staged.execute("UPDATE legacy.tenants SET name = ' '")
    if memberships == "taken":
        staged.execute("DELETE FROM legacy.memberships")
    load_all(staged)
    found = rows(
        staged, b"SELECT reason, rule FROM audit.quarantine WHERE source_table = 'users' ORDER BY 1"
    )
    assert value(staged, b"SELECT count(*) FROM legacy.users") == len(found) > 0
    assert {row["rule"] for row in found} == {"no_tenant"}
    said = {"kept": "each tenant that a membership names", "taken": "the only tenant of the source"}
    assert all(said[memberships] in row["reason"] for row in found)
    assert all("quarantine" in row["reason"] for row in found)
    assert value(staged, b"SELECT count(*) FROM public.users") == 0


def test_a_flood_of_one_kind_is_one_finding_with_its_count(staged: Connection) -> None:
    staged.execute(
        "INSERT INTO legacy.vehicle_events (id, vehicle_id, tenant_id, type, date, miles, payload,"
        " created_at, updated_at) SELECT gen_random_uuid(), v.id, v.tenant_id, 'fuel',"
        " DATE '2011-02-03' + i / 3, 100000 - i, jsonb_build_object('total_amount', i || '.25',"
        " 'gallons', '2'), now(), now() FROM generate_series(1, 3000) AS i"
        " CROSS JOIN (SELECT id, tenant_id FROM legacy.vehicles ORDER BY id LIMIT 1) AS v"
    )
    staged.execute("UPDATE legacy.vehicles SET display_name = display_name")
    found = [item for item in load_all(staged) if item.status == "warn"]
    causes = [(item.check, item.subject) for item in found]
    assert len(causes) == len(set(causes)) < 40
    (text,) = [item.found for item in found if item.check == "load amount as text"]
    assert "vehicle_events.payload.gallons: 3000 rows with a text" in text
    disputed = {item.subject: item.found for item in found if item.check == "load disputed"}
    assert int(disputed["vehicle_events"].split()[0]) >= 2990


def test_two_default_garages_and_a_path_without_its_folder_are_told(staged: Connection) -> None:
    staged.execute("UPDATE legacy.garages SET is_default = true")
    staged.execute("UPDATE legacy.vehicle_images SET storage_path = 'one.webp'")
    found = {item.check: item for item in load_all(staged)}
    assert found["load default garages"].found == "1 tenant with several"
    assert found["load image path"].found == "1 row without one"
    assert {found[name].status for name in ("load default garages", "load image path")} == {"warn"}


def test_one_default_garage_and_a_path_with_its_folder_are_not(staged: Connection) -> None:
    staged.execute(
        "UPDATE legacy.garages SET is_default = (id = (SELECT min(id::text)::uuid FROM legacy.garages))"
    )
    assert {item.check for item in load_all(staged)}.isdisjoint(
        {"load default garages", "load image path"}
    )

"""The rebuilt schema is made or refused as a whole; the promised statements run as they are."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors
from rebuilt import VEHICLE_A, Connection, event, module_target, one, owner, refused, target

from motomind_nb import rebuilt
from motomind_nb.core import Refused
from motomind_nb.postgres import Server, connect

__all__ = ["module_target", "owner", "target"]


def test_it_refuses_when_anything_of_it_exists_and_lists_all_of_it(empty_database: str) -> None:
    with connect(empty_database) as connection:
        connection.execute("CREATE TABLE public.garages (id integer)")
        connection.execute("CREATE SCHEMA private")
        connection.execute("CREATE VIEW private.timeline AS SELECT 1 AS one")
        with pytest.raises(Refused, match="2 objects: table public"):
            rebuilt.build_schema(connection)
        assert one(connection, "SELECT to_regclass('public.tenants')") is None


def test_it_refuses_twice(target: str) -> None:
    with connect(target) as connection, pytest.raises(Refused) as refusal:
        rebuilt.build_schema(connection)
    assert refusal.value.exit_code == 3
    for name in ("table public.vehicle_events_2025", "function private.current_tenant"):
        assert name in str(refusal.value)


def test_the_refusal_knows_everything_that_the_files_create(target: str) -> None:
    with connect(target) as connection, pytest.raises(Refused) as refusal:
        rebuilt.build_schema(connection)
    with connect(target) as connection:
        names = connection.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'private')"
            " AND c.relkind IN ('r', 'p', 'v', 'm') UNION SELECT n.nspname || '.' || p.proname"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('public', 'private')"
        ).fetchall()
    missing = [name for (name,) in names if f" {name}" not in str(refusal.value)]
    assert missing == []


def test_other_objects_of_the_project_do_not_hinder(empty_database: str) -> None:
    with connect(empty_database) as connection:
        connection.execute("CREATE TABLE public.notes (id integer)")
        connection.execute("CREATE SCHEMA legacy CREATE TABLE vehicles (id integer)")
        rebuilt.build_schema(connection)
        assert one(connection, "SELECT count(*) FROM public.notes") == 0


def test_missing_roles_are_a_refusal_with_the_sql_to_create_them(empty_database: str) -> None:
    with connect(empty_database) as connection:
        connection.execute("ALTER ROLE service_role RENAME TO service_role_away")
        with pytest.raises(Refused, match="CREATE ROLE service_role NOLOGIN BYPASSRLS;"):
            rebuilt.build_schema(connection)
        connection.rollback()  # roles belong to the whole server


def test_nothing_is_committed_by_it(empty_database: str) -> None:
    with connect(empty_database) as connection:
        rebuilt.build_schema(connection, [1999])
        connection.rollback()
        assert one(connection, "SELECT to_regclass('public.vehicle_events')") is None
        assert one(connection, "SELECT to_regnamespace('private')") is None


def test_a_load_between_the_two_steps_meets_no_trigger_and_is_validated(
    empty_database: str,
) -> None:
    with connect(empty_database) as connection:
        rebuilt.create_tables(connection, [2019])
        connection.execute("INSERT INTO tenants (id, name) VALUES (gen_random_uuid(), 'T')")
        connection.execute(
            "INSERT INTO vehicles (tenant_id, nickname) SELECT id, 'Van' FROM tenants"
        )
        connection.execute(
            "INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, chain,"
            " created_at) SELECT tenant_id, id, 'odometer', '2019-05-05', 7, 1, NULL FROM vehicles"
        )
        rebuilt.add_keys_and_rules(connection)
        assert one(connection, "SELECT miles FROM vehicle_current_mileage") == 7
        assert one(connection, "SELECT created_at FROM vehicle_events") is None
        assert one(connection, "SELECT count(*) FROM private.timeline") == 1


def test_a_loaded_event_of_no_vehicle_stops_the_second_step(empty_database: str) -> None:
    with connect(empty_database) as connection:
        rebuilt.create_tables(connection)
        connection.execute(
            "INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, chain)"
            " VALUES (gen_random_uuid(), gen_random_uuid(), 'odometer', '2025-05-05', 7, 1)"
        )
        with pytest.raises(errors.ForeignKeyViolation):
            rebuilt.add_keys_and_rules(connection)


def test_no_rows_are_seeded(empty_database: str) -> None:
    with connect(empty_database) as connection:
        rebuilt.build_schema(connection)
        for table in ("tenants", "users", "garages", "vehicles", "vehicle_events", "reminders"):
            assert one(connection, f"SELECT count(*) FROM {table}") == 0


def test_it_works_for_an_owner_who_is_no_superuser(server: Server, empty_database: str) -> None:
    with connect(server.conninfo(), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS plain_owner")
        admin.execute("CREATE ROLE plain_owner LOGIN")
        admin.execute("CREATE ROLE plain_stranger LOGIN")
        admin.execute("GRANT anon, authenticated, service_role TO plain_owner")
    with connect(empty_database, autocommit=True) as admin:
        name = one(admin, "SELECT current_database()")
        admin.execute(f"ALTER DATABASE {name} OWNER TO plain_owner")
        admin.execute("ALTER SCHEMA public OWNER TO plain_owner")
    as_owner = psycopg.conninfo.make_conninfo(empty_database, user="plain_owner")
    with connect(as_owner) as connection:
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection, [2001])
        assert one(connection, "SELECT current_setting('is_superuser')") == "off"
        assert one(connection, "SELECT private.keep_partitions_ahead('2031-01-01')") > 0
        assert one(connection, "SELECT private.refresh_timeline()") is None
        for frame in (rebuilt.run_proofs(connection), rebuilt.compare_rights(connection)):
            assert frame[frame.status != "ok"].to_dict("records") == []
        with pytest.raises(errors.RestrictViolation, match="Events are immutable facts"):
            connection.execute("TRUNCATE vehicle_events")
    as_stranger = psycopg.conninfo.make_conninfo(empty_database, user="plain_stranger")
    with connect(as_stranger) as stranger, pytest.raises(Refused, match="act in it as each role"):
        rebuilt.run_proofs(stranger)
    with connect(empty_database, autocommit=True) as admin:
        admin.execute("REASSIGN OWNED BY plain_owner TO postgres")
        admin.execute("DROP OWNED BY plain_owner")
        admin.execute("DROP ROLE plain_stranger, plain_owner")


@pytest.mark.parametrize("where", ["IN SCHEMA public", ""])
def test_default_privileges_of_a_platform_open_nothing(empty_database: str, where: str) -> None:
    with connect(empty_database) as connection:
        for kind in ("TABLES", "FUNCTIONS", "SEQUENCES"):
            connection.execute(
                f"ALTER DEFAULT PRIVILEGES {where} GRANT ALL ON {kind}"
                " TO anon, authenticated, service_role"
            )
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        frame = rebuilt.compare_rights(connection)
        assert frame[frame.status != "ok"].empty
        found = connection.execute(
            "SELECT oid::regclass FROM pg_class WHERE relkind = 'S'"
            " AND has_sequence_privilege('anon', oid, 'USAGE') AND relname = 'job_log_id_seq'"
        )
        assert found.fetchall() == []


def test_the_first_tenant_and_users_by_plain_inserts(owner: Connection) -> None:
    owner.execute("INSERT INTO tenants (name) VALUES ('My Company')")
    tenant = one(owner, "SELECT id FROM tenants WHERE name = 'My Company'")
    add = "INSERT INTO users (tenant_id, email, name, created_by) VALUES (%s, %s, 'N', %s)"
    owner.execute(add, (tenant, "first@example.com", None))
    first = one(owner, "SELECT id FROM users WHERE email = 'first@example.com'")
    owner.execute(add, (tenant, "second@example.com", first))
    assert one(owner, "SELECT count(*) FROM users WHERE tenant_id = %s", (tenant,)) == 2


def test_the_statements_of_the_application_run_as_they_stand(owner: Connection) -> None:
    owner.execute(
        "INSERT INTO vehicle_events (vehicle_id, type, date, miles, payload) VALUES"
        " (%s, 'odometer', '2025-01-28', 54120,"
        ' \'{"source": "SimplePhotoModal", "logged_by": "user-id"}\')',
        (VEHICLE_A,),
    )
    with refused(owner, psycopg.Error, "Events are immutable facts and cannot be updated"):
        owner.execute("UPDATE vehicle_events SET miles = 55000 WHERE vehicle_id = %s", (VEHICLE_A,))
    year = "SELECT * FROM vehicle_events WHERE date >= '2025-01-01' AND date < '2026-01-01'"
    assert len(owner.execute(year).fetchall()) == 1
    assert one(owner, "SELECT private.refresh_timeline()") is None
    feed = "SELECT * FROM timeline_feed WHERE vehicle_id = %s LIMIT 50"
    assert len(owner.execute(feed, (VEHICLE_A,)).fetchall()) == 1


def test_the_feed_is_newest_first_without_being_asked(owner: Connection) -> None:
    for day, time in (("2025-01-02", None), ("2025-01-03", "09:00"), ("2025-01-03", "08:00")):
        event(owner, date=day, local_time=time, miles=100)
    assert one(owner, "SELECT private.refresh_timeline()") is None
    feed = "SELECT date::text, local_time::text FROM timeline_feed WHERE vehicle_id = %s LIMIT 2"
    assert owner.execute(feed, (VEHICLE_A,)).fetchall() == [
        ("2025-01-03", "09:00:00"),
        ("2025-01-03", "08:00:00"),
    ]

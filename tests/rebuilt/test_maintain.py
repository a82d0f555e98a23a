"""The jobs: partitions ahead, a refresh whose failure can be seen, and what should stay empty."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg import errors
from rebuilt import (
    VEHICLE_A,
    A,
    Connection,
    event,
    live,
    module_target,
    one,
    owner,
    refused,
    target,
)

from motomind_nb import rebuilt
from motomind_nb.core import Refused
from motomind_nb.postgres import connect
from motomind_nb.rebuilt import maintenance

__all__ = ["live", "module_target", "owner", "target"]

TODAY = dt.date(2031, 5, 1)
YEARS = (
    "SELECT array_agg(extract(year FROM from_date)::int ORDER BY from_date)"
    " FROM private.event_partition"
)


def by_check(connection: Connection) -> dict[str, str]:
    """The status of each check of a maintenance run, the worst one where there are several."""
    worst: dict[str, str] = {}
    for finding in rebuilt.run_maintenance(connection, TODAY):
        if worst.get(finding.check, "ok") == "ok" or finding.status == "fail":
            worst[finding.check] = finding.status
    return worst


def test_maintain_does_all_jobs_and_is_content(live: Connection) -> None:
    assert set(by_check(live).values()) == {"ok"}
    assert one(live, YEARS) == [*range(2024, 2034), None]


def test_maintain_needs_a_rebuilt_schema(empty_database: str) -> None:
    with connect(empty_database) as connection, pytest.raises(Refused, match="rebuilt schema"):
        rebuilt.run_maintenance(connection)


def test_every_year_of_the_data_gets_a_partition(empty_database: str) -> None:
    with connect(empty_database) as connection:
        rebuilt.build_schema(connection, [1987, 2019, 2040, 0, 10000, -5])
        assert one(connection, YEARS) == [1987, 2019, *range(2024, 2028), 2040, None]
        assert one(connection, "SELECT count(*) FROM private.partition_fault") == 0


def test_no_ddl_happens_during_an_insert_of_any_year(owner: Connection) -> None:
    before = one(owner, "SELECT count(*) FROM pg_class")
    event(owner, date="1955-05-05", miles=5)
    assert one(owner, "SELECT count(*) FROM pg_class") == before
    assert one(owner, "SELECT year FROM private.waiting_event") == 1955


def test_a_hole_is_found_by_its_bounds_not_by_a_name(owner: Connection) -> None:
    owner.execute("SELECT private.keep_partitions_ahead('2031-05-01')")
    owner.execute("ALTER TABLE vehicle_events DETACH PARTITION vehicle_events_2029")
    owner.execute("CREATE SCHEMA elsewhere CREATE TABLE vehicle_events_2030 (id integer)")
    owner.execute("DROP TABLE vehicle_events_2030")
    assert one(owner, "SELECT private.keep_partitions_ahead('2031-05-01')") == 2
    assert one(owner, YEARS) == [*range(2024, 2034), None]
    assert one(owner, "SELECT to_regclass('public.vehicle_events_2029_next')") is not None


def test_a_gap_inside_a_year_is_filled(owner: Connection) -> None:
    owner.execute(
        "CREATE TABLE half PARTITION OF vehicle_events"
        " FOR VALUES FROM ('2028-01-01') TO ('2028-07-01')"
    )
    made = owner.execute("SELECT private.create_partitions(2028)::text").fetchall()
    assert made == [("vehicle_events_2028_0701",)]
    assert one(owner, "SELECT count(*) FROM private.create_partitions(2028)") == 0


@pytest.mark.parametrize("style", ["ISO, YMD", "SQL, DMY", "German", "Postgres, MDY"])
def test_bounds_are_read_under_any_datestyle(owner: Connection, style: str) -> None:
    owner.execute(f"SET LOCAL DateStyle = '{style}'")
    assert one(owner, "SELECT count(*) FROM private.create_partitions(2026)") == 0
    assert one(owner, "SELECT to_date FROM private.event_partition ORDER BY 1 LIMIT 1") == dt.date(
        2025, 1, 1
    )


def test_rows_that_wait_move_into_their_partition_and_stay_facts(live: Connection) -> None:
    mark = event(live, date="1955-05-05", miles=5)
    assert by_check(live)["default partition"] == "ok"
    place = "SELECT tableoid::regclass::text FROM vehicle_events WHERE id = %s"
    assert one(live, place, (mark,)) == "vehicle_events_1955"
    for relation in ("vehicle_events_default", "vehicle_events_1955"):
        with pytest.raises(errors.RestrictViolation):
            live.execute(f"DELETE FROM {relation}")
    assert one(live, "SELECT count(*) FROM private.partition_fault") == 0


FAULTS = {
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY": "row level security is off",
    "DROP POLICY tenant_select ON {}": "policy tenant_select is missing",
    "CREATE POLICY extra ON {} USING (true)": "policy extra is not on vehicle_events",
    "ALTER POLICY tenant_select ON {} USING (true)": "policy tenant_select is missing or differs",
    "DROP TRIGGER event_0_keep ON {}": "trigger event_0_keep is missing",
    "ALTER TABLE {} DISABLE TRIGGER event_4_mileage": "trigger event_4_mileage is missing or",
    "GRANT SELECT ON {} TO anon": "SELECT is granted to anon",
    "GRANT TRUNCATE ON {} TO PUBLIC": "TRUNCATE is granted to PUBLIC",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_partition_lacks_is_listed_and_repaired(owner: Connection, fault: str) -> None:
    owner.execute(fault.format("vehicle_events_2025"))
    found = owner.execute("SELECT partition::text, fault FROM private.partition_fault").fetchall()
    assert len(found) == 1
    assert found[0][0] == "vehicle_events_2025"
    assert found[0][1].startswith(FAULTS[fault])
    if "extra" not in fault:
        owner.execute("SELECT private.complete_partition('vehicle_events_2025')")
        assert one(owner, "SELECT count(*) FROM private.partition_fault") == 0


def test_default_privileges_do_not_reach_a_new_partition(owner: Connection) -> None:
    owner.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon")
    owner.execute("SELECT private.keep_partitions_ahead('2031-05-01')")
    assert (
        one(owner, "SELECT has_table_privilege('anon', 'vehicle_events_2033', 'SELECT')") is False
    )


def test_a_refresh_is_logged_and_fresh(live: Connection) -> None:
    event(live, date="2025-01-28", miles=5)
    assert one(live, "SELECT count(*) FROM timeline_feed") == 0
    assert one(live, "SELECT private.refresh_timeline()") is None
    assert one(live, "SELECT count(*) FROM timeline_feed") == 1
    assert one(live, "SELECT is_fresh FROM private.timeline_freshness") is True
    live.execute("SELECT private.assert_timeline_fresh()")


def test_a_refresh_that_fails_is_seen_everywhere(live: Connection) -> None:
    live.execute("DROP INDEX private.timeline_event")
    failure = one(live, "SELECT private.refresh_timeline()")
    assert "cannot refresh materialized view" in failure
    assert one(live, "SELECT succeeded FROM private.job_log ORDER BY id DESC LIMIT 1") is False
    with pytest.raises(errors.RaiseException, match="cannot refresh materialized view"):
        live.execute("SELECT private.assert_timeline_fresh()")
    statuses = by_check(live)
    assert (statuses["timeline refresh"], statuses["timeline fresh"]) == ("fail", "fail")


def test_readers_are_not_blocked_by_a_refresh(target: str) -> None:
    with connect(target) as writer, connect(target) as reader:
        writer.execute("SELECT private.refresh_timeline()")
        reader.execute("SET LOCAL statement_timeout = '2s'")
        assert one(reader, "SELECT count(*) FROM timeline_feed") == 0


def test_a_timeline_that_holds_every_event_is_fresh_whatever_its_age(owner: Connection) -> None:
    event(owner, date="2025-01-28", miles=5)
    owner.execute("REFRESH MATERIALIZED VIEW private.timeline")
    for age in ("1 day", "40 years"):
        owner.execute(f"UPDATE private.job_log SET finished_at = now() - interval '{age}'")
        assert one(owner, "SELECT is_fresh FROM private.timeline_freshness") is True
        assert maintenance.timeline_freshness(owner).status == "ok"
    owner.execute("DELETE FROM private.job_log")
    owner.execute("SELECT private.assert_timeline_fresh()")


def test_a_timeline_that_lacks_events_is_late_after_its_schedule(owner: Connection) -> None:
    event(owner, date="2025-01-28", miles=5)
    event(owner, date="2025-01-29", miles=6, created_at="1999-01-01")
    within = maintenance.timeline_freshness(owner)
    assert (within.status, within.found[:22]) == ("warn", "2 events not in it yet")
    owner.execute("SELECT private.assert_timeline_fresh()")
    owner.execute("UPDATE private.job_log SET finished_at = now() - interval '16 minutes'")
    assert one(owner, "SELECT missing_events FROM private.timeline_freshness") == 2
    assert maintenance.timeline_freshness(owner).status == "fail"
    with refused(owner, errors.RaiseException, "lacks 2 events"):
        owner.execute("SELECT private.assert_timeline_fresh()")
    owner.execute("DELETE FROM private.job_log")
    with refused(owner, errors.RaiseException, "as of never"):
        owner.execute("SELECT private.assert_timeline_fresh()")


def test_a_job_that_fails_is_logged_and_the_others_go_on(live: Connection) -> None:
    live.execute("ALTER FUNCTION private.create_partitions(integer) RENAME TO away")
    statuses = by_check(live)
    assert (statuses["partitions ahead"], statuses["timeline refresh"]) == ("fail", "ok")
    failed = "SELECT count(*) FROM private.job_log WHERE job = 'partitions' AND NOT succeeded"
    assert one(live, failed) == 1


def test_an_id_used_twice_is_found(owner: Connection) -> None:
    mark = event(owner, date="2025-01-28", miles=5)
    owner.execute("ALTER TABLE vehicle_events DISABLE TRIGGER event_4_mileage")
    columns = "(id, tenant_id, vehicle_id, type, date, miles, chain)"
    owner.execute(
        f"INSERT INTO vehicle_events {columns} VALUES (%s, %s, %s, 'odometer', '2026-01-28', 6, 1)",
        (mark, A, VEHICLE_A),
    )
    found = [
        finding
        for finding in maintenance.check_partitions_and_ids(owner)
        if finding.check == "event ids"
    ]
    assert [(finding.subject, finding.status) for finding in found] == [(mark, "fail")]


def test_while_another_session_does_the_jobs_only_the_watching_is_done(target: str) -> None:
    with connect(target, autocommit=True) as first, connect(target, autocommit=True) as second:
        one(first, maintenance.query("rebuilt/maintain/try_lock"))
        logged = one(second, "SELECT count(*) FROM private.job_log")
        told = by_check(second)
        assert told["jobs"] == "ok" and "partitions ahead" not in told and "timeline fresh" in told
        assert one(second, "SELECT count(*) FROM private.job_log") == logged
        assert one(first, maintenance.query("rebuilt/maintain/unlock")) is True
        assert "partitions ahead" in by_check(second) and "jobs" not in by_check(second)


def test_many_at_once_do_not_end_in_a_deadlock(target: str) -> None:
    def maintained(_: int) -> dict[str, str]:
        with connect(target, autocommit=True) as connection:
            return by_check(connection)

    with ThreadPoolExecutor(6) as crew:
        told = list(crew.map(maintained, range(12)))
    assert {status for found in told for status in found.values()} == {"ok"}
    assert any("partitions ahead" in found for found in told)

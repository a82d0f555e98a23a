"""What the operator's own statements may not do: what was compared before stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from in_place import Fleet, fleet, refusal

from motomind_nb import backup
from motomind_nb.apply.outside import execute_unchanging
from motomind_nb.backup import Manifest
from motomind_nb.postgres import Connection, Server, connect, value


@pytest.fixture(scope="module")
def applied(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A fleet after its apply, with somebody else's table beside."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_of_one_s_own") as one:
        one.execute("CREATE SCHEMA lager", "CREATE TABLE lager.reifen (zahl int)")
        one.apply()
        yield one


@pytest.fixture
def session(applied: Fleet) -> Iterator[tuple[Connection, Manifest]]:
    """A session after the switch, and what the old objects were; what it does is undone."""
    with connect(applied.conninfo) as connection:
        with connection.transaction(force_rollback=True):
            before = backup.describe_source(connection, "legacy")
        yield connection, before
        connection.rollback()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("DROP SCHEMA legacy CASCADE", "legacy."),
        ("DROP VIEW legacy.mv_health_freshness CASCADE", "legacy.mv_health_freshness"),
        ("TRUNCATE legacy.fuel_logs", "legacy.fuel_logs"),
        ("TRUNCATE legacy.audit_log", "legacy.audit_log"),
        ("UPDATE legacy.garages SET name = 'Nord'", "legacy.garages"),
        ("ALTER TABLE legacy.vehicles DISABLE ROW LEVEL SECURITY", "legacy.vehicles"),
        ("ALTER TABLE legacy.reminders ALTER COLUMN title SET DEFAULT 'x'", "legacy.reminders"),
        ("ALTER TABLE legacy.users RENAME TO people", "legacy.users"),
        ("DROP FUNCTION legacy.get_usage_summary(uuid)", "legacy.get_usage_summary"),
        ("ALTER FUNCTION legacy.get_usage_summary(uuid) COST 7", "legacy.get_usage_summary"),
        ("UPDATE public.garages SET name = 'Nord'", "public.garages"),
        (
            "SET LOCAL session_replication_role = replica; DELETE FROM public.vehicle_events",
            "public.vehicle_events_",
        ),
        ("DELETE FROM private.event_source", "private.event_source"),
        ("DROP TABLE audit.application", "audit.application"),
    ],
)
def test_what_was_compared_before_is_changed_by_no_statement_of_the_operator(
    session: tuple[Connection, Manifest], text: str, named: str
) -> None:
    connection, before = session
    said = refusal(lambda: execute_unchanging(connection, text, before))
    assert said.subject == "--also" and named in said.found


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO lager.reifen VALUES (4); CREATE VIEW lager.wagen AS SELECT id FROM vehicles",
        "SET ROLE anon; SET search_path = pg_temp; SET TimeZone = 'Asia/Kathmandu'",
        "SET statement_timeout = '1ms'; SET lock_timeout = '1h'; RESET ALL",
        "SET session_replication_role = replica; SET extra_float_digits = 0",
        "SET SESSION AUTHORIZATION anon",
    ],
)
def test_what_is_done_elsewhere_stays_and_the_session_is_as_it_was(
    session: tuple[Connection, Manifest], text: str
) -> None:
    connection, before = session
    shown = (
        "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) || current_user"
        " FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT LIKE 'plpgsql%'"
    )
    settings = value(connection, shown.encode())
    execute_unchanging(connection, text, before)
    assert value(connection, shown.encode()) == settings
    assert value(connection, b"SELECT count(*) FROM lager.reifen") == text.count("VALUES")

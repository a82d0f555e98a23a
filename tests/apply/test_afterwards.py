"""After an apply: what is somebody else's stops a way back, and rights are brought back, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from in_place import Fleet, fleet, refusal

from motomind_nb import apply
from motomind_nb.postgres import Server, connect


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A fleet that is applied, and stays so."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_afterwards") as one:
        one.apply()
        yield one


@pytest.mark.parametrize(
    ("make", "take", "named"),
    [
        ("CREATE TABLE private.api_keys (key text)", "DROP TABLE private.api_keys", "api_keys"),
        (
            "CREATE FUNCTION private.own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION private.own()",
            "own()",
        ),
        ("CREATE TABLE legacy.mine (id int)", "DROP TABLE legacy.mine", "mine"),
        ("CREATE TABLE public.fuel_logs (id int)", "DROP TABLE public.fuel_logs", "fuel_logs"),
        (
            "CREATE VIEW public.my_cars AS SELECT id FROM public.vehicles",
            "DROP VIEW public.my_cars",
            "my_cars",
        ),
        (
            "ALTER TABLE public.vehicles ADD COLUMN colour text DEFAULT 'red'",
            "ALTER TABLE public.vehicles DROP COLUMN colour",
            "public.vehicles.colour",
        ),
    ],
)
def test_what_is_somebody_else_s_stops_the_way_back(
    held: Fleet, tmp_path: Path, make: str, take: str, named: str
) -> None:
    held.execute(make)
    try:
        said = refusal(lambda: held.roll_back(tmp_path))
        assert named in said.found and held.state() == "applied"
    finally:
        held.execute(take)


def test_changed_and_taken_memberships_go_back(server: Server, tmp_path: Path) -> None:
    with fleet(server, tmp_path, "fleet_of_members") as one:
        one.execute(
            "INSERT INTO users (id, email, name) VALUES"
            " ('00000000-0000-4000-8000-00000000000b', 'b@example.org', 'Bo')",
            "INSERT INTO memberships (tenant_id, user_id, role)"
            " SELECT id, '00000000-0000-4000-8000-00000000000b', 'viewer' FROM tenants LIMIT 1",
        )
        one.apply()
        one.execute(
            "DELETE FROM private.memberships"
            " WHERE user_id = '00000000-0000-4000-8000-00000000000b'",
            "UPDATE private.memberships SET role = 'manager'",
        )
        assert "gone" in refusal(lambda: one.roll_back(tmp_path)).found
        one.roll_back(tmp_path, carry=True)
        roles = one.execute("SELECT DISTINCT role FROM memberships")
        assert roles == [("manager",)]
        left = "SELECT FROM memberships WHERE user_id = '00000000-0000-4000-8000-00000000000b'"
        assert one.execute(left) == []


def test_what_the_old_schema_has_no_column_for_is_listed_by_column_and_count(
    held: Fleet,
) -> None:
    new = (
        "INSERT INTO public.vehicle_events (id, tenant_id, vehicle_id, type, date, payload,"
        " local_time, time_zone) SELECT gen_random_uuid(), tenant_id, id, 'document',"
        """ current_date, '{"doc_type": "note"}', clock,"""
        " CASE WHEN clock IS NULL THEN 'Asia/Kolkata' END"
        " FROM (SELECT * FROM public.vehicles LIMIT 1) v"
        " CROSS JOIN (VALUES (time '07:30'), (NULL), (NULL)) AS t (clock)"
    )
    with connect(held.conninfo) as connection:
        assert apply.plan_rollback(connection).homeless == {}
        connection.execute(new)
        assert apply.plan_rollback(connection).homeless == {
            "vehicle_events.local_time (kept in payload._rebuilt)": 1,
            "vehicle_events.time_zone (kept in payload._rebuilt)": 2,
        }
        connection.rollback()

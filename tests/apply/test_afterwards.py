"""After an apply: what is somebody else's stops a way back, and rights are brought back, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from in_place import Fleet, fleet, refusal, rehearsed

from motomind_nb import apply, reconcile
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


WRITTEN = {
    "plain": "'odometer', NULL, NULL, 900001, NULL, NULL",
    "timed": "'document', '07:30:15.5', 'Asia/Kathmandu', NULL, NULL, NULL",
    "corrects": "'odometer', NULL, NULL, 900002, NULL, 'plain'",
    "new meter": "'odometer', NULL, NULL, 12, 2, NULL",
    "note": "'maintenance', '23:59', NULL, NULL, NULL, NULL",
}
COLUMNS = (
    "local_time",
    "time_zone, zone_source",
    "supersedes_id, supersedes_date",
    "chain, disputed",
    "created_at",
    "payload",
)


def write_event(held: Fleet, name: str, values: str) -> None:
    """Write one event as the application would, named in its payload."""
    held.execute(
        "INSERT INTO public.vehicle_events (tenant_id, vehicle_id, type, date, local_time,"
        " time_zone, miles, chain, supersedes_id, supersedes_date, payload)"
        " SELECT v.tenant_id, v.id, w.type, current_date, w.local_time::time, w.time_zone,"
        " w.miles::int, w.chain::int, old.id, old.date, jsonb_build_object("
        "'doc_type', 'bill', 'service_type', 'oil', 'name', $$"
        + name
        + "$$::text) FROM (SELECT tenant_id, id FROM public.vehicles ORDER BY id LIMIT 1) AS v"
        f" CROSS JOIN (VALUES ({values}))"
        " AS w (type, local_time, time_zone, miles, chain, corrects)"
        " LEFT JOIN public.vehicle_events AS old ON old.payload ->> 'name' = w.corrects"
    )


def written_events(held: Fleet) -> dict[str, dict[str, object]]:
    """The columns that an old event lacks, of the events that were written, by name."""
    shown = ", ".join(f"ROW({columns})::text" for columns in COLUMNS)
    found = held.execute(
        f"SELECT payload ->> 'name', {shown} FROM public.vehicle_events WHERE payload ? 'name'"
    )
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in found}


LOST = {
    "local_time": "2 rows",
    "time_zone, zone_source": "5 rows",
    "supersedes_id, supersedes_date": "1 row",
    "chain": "1 row",
}


def accepted_loss(held: Fleet) -> Iterator[str]:
    """The entries of an accept file for all that the next load does not give again."""
    with connect(held.conninfo, schemas=apply.IN_PLACE) as connection:
        for item in reconcile.carried_back_findings(connection):
            yield (
                f'[[accepted]]\ncheck = "{item.check}"\nsubject = "{item.subject}"\n'
                f'rows = {item.rows}\ndigest = "{item.digest}"\nreason = "known"\nby = "Ida"\n'
                "until = 2999-12-31\n"
            )


def test_what_a_second_apply_does_not_give_again_is_announced_and_must_be_accepted(
    server: Server, tmp_path: Path
) -> None:
    with fleet(server, tmp_path, "fleet_there_and_back") as one:
        one.apply()
        for name, values in WRITTEN.items():
            write_event(one, name, values)
        before = written_events(one)
        assert set(before) == set(WRITTEN)
        with connect(one.conninfo) as connection:
            told = apply.plan_rollback(connection).homeless
        one.roll_back(tmp_path, carry=True)
        kept = one.execute(
            "SELECT payload -> '_rebuilt' ->> 'local_time' FROM vehicle_events"
            " WHERE payload ->> 'name' = 'timed'"
        )
        assert kept == [("07:30:15.5",)]
        again = replace(one, rehearsal=rehearsed(tmp_path))
        lost = {item.subject: item.found for item in again.plan().open_points}
        assert lost == {
            f"carried back: vehicle_events.{columns}": f"{n}: kept in payload._rebuilt only"
            for columns, n in LOST.items()
        }
        accept = tmp_path / "accepted.toml"
        accept.write_text("".join(accepted_loss(again)))
        again.apply(accept=accept)
        after = written_events(one)
        assert set(after) == set(before)
        differing = {
            columns: sum(before[name][columns] != after[name][columns] for name in before)
            for columns in COLUMNS
        }
        announced = {
            columns: next(
                (n for said, n in told.items() if said.startswith(f"vehicle_events.{columns} (")), 0
            )
            for columns in COLUMNS
        }
        assert differing == announced
        assert differing["payload"] == len(WRITTEN) and differing["created_at"] == 0

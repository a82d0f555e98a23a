"""The checks of the rebuilt schema read the packaged texts of its views, never the live views."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import in_shared
from loads import loaded_template

from motomind_nb import rebuilt
from motomind_nb.postgres import Connection, Server, query_names, value
from motomind_nb.rebuilt.architecture import packaged

CHECKS = query_names("rebuilt/architecture/checks")
EMPTIED = ("partition_fault", "waiting_event", "repeated_event_id")
DAMAGES = {
    "incomplete partition": "ALTER TABLE public.vehicle_events_2025 DISABLE ROW LEVEL SECURITY",
    "waiting event": (
        "INSERT INTO public.vehicle_events_default SELECT (jsonb_populate_record(e,"
        " jsonb_build_object('date', '2151-01-01', 'id', gen_random_uuid()))).*"
        " FROM public.vehicle_events AS e LIMIT 1"
    ),
    "repeated event id": (
        "INSERT INTO public.vehicle_events SELECT (jsonb_populate_record(e, jsonb_build_object("
        "'date', e.date + 1))).* FROM public.vehicle_events AS e LIMIT 1"
    ),
}


@pytest.fixture
def blind(server: Server) -> Iterator[Connection]:
    """A loaded database whose views of faults say that there is none."""
    with in_shared(server, loaded_template(server, "sample")) as connection:
        connection.execute("SET session_replication_role = replica")
        for name in EMPTIED:
            text = value(connection, "SELECT pg_get_viewdef(%s::regclass)", (f"private.{name}",))
            connection.execute(
                f"CREATE OR REPLACE VIEW private.{name} AS"
                f" SELECT * FROM ({text.rstrip(';')}) AS told WHERE false".encode()
            )
        yield connection


def faults(connection: Connection) -> set[str]:
    """The checks that are not ok."""
    return {item.check for item in rebuilt.check_schema(connection) if item.status != "ok"}


@pytest.mark.parametrize("check", DAMAGES)
def test_a_fault_is_told_whatever_the_live_view_says(blind: Connection, check: str) -> None:
    before = faults(blind)
    assert check not in before
    blind.execute(DAMAGES[check].encode())
    assert check in faults(blind) - before


@pytest.mark.parametrize("name", CHECKS)
def test_no_check_reads_a_view_of_the_rebuilt_schema(name: str) -> None:
    text = packaged.query_with_inlined_views(name).as_string()
    views = {"event_partition", "reading", "timeline_freshness", "visible_vehicle", *EMPTIED}
    assert set(re.findall(r"\b(?:FROM|JOIN) private\.(\w+)", text)).isdisjoint(views)

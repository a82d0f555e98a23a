"""A comparison that sessions share says what one alone says, of one and the same snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import clone
from loads import MANIFESTS, NOTES, loaded_template

from motomind_nb import reconcile
from motomind_nb.core import MotomindError
from motomind_nb.postgres import Connection, Server, connect, same_snapshot, value

# what the checks must tell: rows that differ, a view that is gone, nothing
DAMAGES = {
    "rows that differ": (
        "ALTER TABLE public.vehicle_events DISABLE TRIGGER USER",
        "UPDATE public.vehicle_events SET miles = miles + 7 WHERE miles > 1000",
        "UPDATE legacy.reminders SET title = title || ' «Ω»' WHERE id IS NOT NULL",
    ),
    "objects that are gone": (
        "DROP MATERIALIZED VIEW private.timeline CASCADE",
        "DROP TABLE audit.quarantine CASCADE",
    ),
    "nothing": (),
}


@pytest.fixture
def conninfo(server: Server) -> Iterator[str]:
    yield from clone(server, loaded_template(server, "sample"))


def compared(connection: Connection) -> reconcile.RowComparison:
    """The comparison of the sample's rows."""
    known = reconcile.Loaded(NOTES["sample"])
    return reconcile.compare_rows(connection, MANIFESTS["sample"], loaded=known)


@pytest.mark.parametrize("damage", DAMAGES)
def test_helpers_tell_what_one_session_tells(damage: str, conninfo: str) -> None:
    with connect(conninfo) as connection:
        for statement in DAMAGES[damage]:
            connection.execute(statement.encode())
    with connect(conninfo) as connection:
        alone = compared(connection)
        way_back = reconcile.round_trip_findings(connection)
    with connect(conninfo) as connection, connect(conninfo) as one, connect(conninfo) as two:
        connection.helpers = (one, two)
        shared = compared(connection)
        assert reconcile.round_trip_findings(connection) == way_back
    assert shared.findings == alone.findings
    assert [item for item in alone.findings if item.status == "fail"] or damage == "nothing"
    assert shared.listing == alone.listing
    assert shared.ledger.equals(alone.ledger)
    assert shared.targets.equals(alone.targets)
    assert shared.differences.equals(alone.differences)


def test_helpers_see_what_the_session_saw_when_it_began(empty_database: str) -> None:
    count = b"SELECT count(*) FROM seen"
    with connect(empty_database, autocommit=True) as other:
        other.execute("CREATE TABLE seen AS SELECT 1 AS one")
        with connect(empty_database) as connection, connect(empty_database) as helper:
            connection.helpers = (helper,)
            with connection.transaction(), same_snapshot(connection) as sessions:
                assert sessions == [connection, helper]
                other.execute("INSERT INTO seen VALUES (2)")
                assert value(helper, count) == 1
                with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                    helper.execute("INSERT INTO seen VALUES (3)")
            with connection.transaction(), same_snapshot(connection):
                assert value(helper, count) == 2


def test_a_helper_whose_session_was_ended_stops_the_comparison(conninfo: str) -> None:
    with connect(conninfo) as connection, connect(conninfo) as helper:
        connection.helpers = (helper,)
        with connect(conninfo, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [helper.info.backend_pid])
        with pytest.raises((psycopg.OperationalError, MotomindError), match="terminat"):
            compared(connection)


def test_rows_of_findings_that_a_lost_session_cannot_write_are_an_outage(
    conninfo: str, tmp_path: Path
) -> None:
    with connect(conninfo) as connection:
        for statement in DAMAGES["rows that differ"]:
            connection.execute(statement.encode())
        found = compared(connection)
        assert found.listing
        written = reconcile.write_rows_of_findings(connection, tmp_path / "whole.csv", found)
        assert written > 0
    with connect(conninfo) as connection:
        with connect(conninfo, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
        with pytest.raises((psycopg.OperationalError, MotomindError), match="terminat"):
            reconcile.write_rows_of_findings(connection, tmp_path / "found.csv", found)

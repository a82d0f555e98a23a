"""Performance promises, proved from EXPLAIN (FORMAT JSON): partitions, indexes, no sorting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import clone, template
from rebuilt import Connection, acting, one

from motomind_nb import rebuilt
from motomind_nb.postgres import Server, connect

NEWEST = "SELECT * FROM timeline_feed WHERE vehicle_id = '{}' LIMIT 50"
IN_A_YEAR = "SELECT * FROM vehicle_events WHERE date >= '2025-01-01' AND date < '2026-01-01'"
FILL = """
INSERT INTO tenants (id, name)
SELECT md5('t' || t)::uuid, 'Tenant ' || t FROM generate_series(1, 5) AS t;
INSERT INTO vehicles (id, tenant_id, nickname, deleted_at)
SELECT md5('v' || v)::uuid, md5('t' || v % 5 + 1)::uuid, 'Van ' || v,
    CASE WHEN v % 50 > 0 THEN now() END
FROM generate_series(1, 2000) AS v;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, chain)
SELECT md5('t' || v % 5 + 1)::uuid, md5('v' || v)::uuid, 'odometer',
    DATE '2024-01-01' + e * 4, e * 100, 1
FROM generate_series(50, 2000, 50) AS v, generate_series(1, 300) AS e;
"""


def _fill(conninfo: str) -> None:
    with connect(conninfo) as connection:
        rebuilt.create_tables(connection)
        connection.execute(FILL)
        rebuilt.add_keys_and_rules(connection)
        connection.execute("ANALYZE")


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[str]:
    yield from clone(server, template(server, "template_plans", _fill))


@pytest.fixture
def owner(filled: str) -> Iterator[Connection]:
    with connect(filled, autocommit=True) as connection:
        yield connection


def nodes(connection: Connection, statement: str) -> list[dict[str, Any]]:
    """All nodes of the plan of a statement."""
    plan = one(connection, "EXPLAIN (FORMAT JSON) " + statement)[0]["Plan"]
    found, waiting = [], [plan]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.get("Plans", [])
    return found


def vehicle(connection: Connection) -> str:
    return str(one(connection, "SELECT md5('v50')::uuid"))


def tenant(connection: Connection) -> str:
    return str(one(connection, "SELECT md5('t1')::uuid"))


@pytest.mark.parametrize("role", ["postgres", "authenticated", "service_role"])
def test_a_years_query_touches_one_partition(owner: Connection, role: str) -> None:
    with acting(owner, role, tenant(owner)):
        plan = nodes(owner, IN_A_YEAR)
    assert {node["Relation Name"] for node in plan if "Relation Name" in node} == {
        "vehicle_events_2025"
    }


@pytest.mark.parametrize("role", ["postgres", "authenticated", "service_role"])
def test_the_newest_rows_of_a_vehicle_come_from_an_index_unsorted(
    owner: Connection, role: str
) -> None:
    name = vehicle(owner)
    with acting(owner, role, tenant(owner)):
        plan = nodes(owner, NEWEST.format(name))
        rows = owner.execute(NEWEST.format(name)).fetchall()
    assert len(rows) == 50
    assert not [node for node in plan if "Sort" in node["Node Type"]]
    timeline = [node for node in plan if node.get("Relation Name") == "timeline"]
    assert [node["Node Type"] for node in timeline] == ["Index Scan"]
    assert timeline[0]["Index Name"].endswith("_newest")
    assert name in timeline[0]["Index Cond"]


def test_the_feed_of_a_tenant_is_read_within_the_tenant(owner: Connection) -> None:
    with acting(owner, "authenticated", tenant(owner)):
        plan = nodes(owner, "SELECT * FROM timeline_feed")
        seen = one(owner, "SELECT count(DISTINCT tenant_id) FROM timeline_feed")
    assert seen == 1
    assert any(node.get("Relation Name") == "timeline" for node in plan)


@pytest.mark.parametrize("role", ["postgres", "authenticated"])
def test_the_current_mileage_of_a_vehicle_comes_from_an_index(owner: Connection, role: str) -> None:
    name = vehicle(owner)
    with acting(owner, role, tenant(owner)):
        plan = nodes(owner, f"SELECT * FROM vehicle_current_mileage WHERE vehicle_id = '{name}'")
    scans = [node for node in plan if node.get("Relation Name", "").startswith("vehicle_events_2")]
    assert scans
    assert all("Index" in node["Node Type"] or "Bitmap" in node["Node Type"] for node in scans)


def test_live_rows_come_from_the_filtered_index(owner: Connection) -> None:
    where = f"tenant_id = '{tenant(owner)}' AND deleted_at IS NULL ORDER BY nickname LIMIT 5"
    plan = nodes(owner, f"SELECT * FROM vehicles WHERE {where}")
    assert "vehicles_live" in {node.get("Index Name") for node in plan}


def test_the_neighbours_of_a_reading_come_from_the_index_of_its_vehicle(owner: Connection) -> None:
    statement = (
        f"SELECT 1 FROM vehicle_events WHERE tenant_id = '{tenant(owner)}'"
        f" AND vehicle_id = '{vehicle(owner)}' AND date <= '2025-05-05' AND NOT disputed"
        " ORDER BY date DESC, miles DESC LIMIT 1"
    )
    plan = nodes(owner, statement)
    used = {node["Index Name"] for node in plan if "Index Name" in node}
    assert used
    assert all("tenant_id_vehicle_id_date" in name for name in used)


LONG = """
INSERT INTO vehicles (id, tenant_id, nickname)
SELECT md5('long ' || n)::uuid, md5('t1')::uuid, 'Long' FROM unnest(ARRAY[10, 20000]) AS n;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles, chain)
SELECT md5('t1')::uuid, md5('long ' || n)::uuid, 'fuel', h.at::date, h.at::time, e, 1
FROM unnest(ARRAY[10, 20000]) AS n, generate_series(1, n) AS e,
    LATERAL (SELECT timestamp '2024-01-01' + e * (interval '2 years' / n) AS at) AS h;
ANALYZE vehicle_events;
"""


def blocks(connection: Connection, name: str, date: str) -> int:
    """How many blocks the third INSERT of a session reads, its triggers included."""
    car = f"md5('{name}')::uuid"
    before = "SELECT coalesce(max(miles), 0) FROM vehicle_events WHERE date < %s AND vehicle_id = "
    miles = one(connection, before + car, (date,))
    insert = (
        "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) INSERT INTO vehicle_events"
        f" (vehicle_id, type, date, miles) VALUES ({car}, 'odometer', '{date}', {miles})"
    )
    found = [one(connection, insert)[0]["Plan"] for _ in range(3)][-1]
    return int(found["Shared Hit Blocks"] + found["Shared Read Blocks"])


@pytest.mark.parametrize("date", ["2024-12-31", "2026-02-02"])
def test_an_insert_reads_no_more_in_a_long_history(owner: Connection, date: str) -> None:
    """In the middle of a history and at its end, at 10 and at 20,000 readings."""
    with owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(LONG)
        owner.execute("SET LOCAL session_replication_role = origin")
        few, many = (blocks(owner, f"long {readings}", date) for readings in (10, 20_000))
    assert many <= 1.3 * few, (few, many)


FIRST_READINGS = """
INSERT INTO vehicle_events (vehicle_id, type, date, miles)
SELECT md5('v100')::uuid, 'odometer', DATE '2019-02-01' + n / 4, n / 4
FROM generate_series(1, 400) AS n;
"""


def test_a_plan_made_in_an_empty_year_is_good_when_the_year_fills(owner: Connection) -> None:
    """By the readings of another vehicle of the tenant, without an ANALYZE in between."""
    with owner.transaction(force_rollback=True):
        owner.execute("SELECT private.create_partitions(2019)")
        owner.execute("ANALYZE vehicle_events")
        empty = blocks(owner, "v50", "2019-01-05")
        owner.execute(FIRST_READINGS)
        full = blocks(owner, "v50", "2019-01-05")
    assert full <= 1.3 * empty, (empty, full)

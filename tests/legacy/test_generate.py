"""The generator: exact counts, the same bytes for the same seed, real frequencies, a true truth."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from motomind_nb.core import Refused
from motomind_nb.legacy import Plan, generate
from motomind_nb.legacy.generator.mistakes import FASTEST_MILES_A_DAY, TOLERANCE_MILES
from motomind_nb.legacy.generator.plan import FLEET, MISTAKES, ODDITIES, TABLES, TRANSACTIONS
from motomind_nb.postgres import Connection, Server, connect, rows, value

VEHICLES, EVENTS = 1530, 65_700
READINGS = """
CREATE TEMPORARY VIEW reading AS
SELECT 'fuel_logs' AS source, id, vehicle_id, date, odometer_reading AS miles FROM fuel_logs
UNION ALL SELECT 'odometer_readings', id, vehicle_id, reading_date, mileage FROM odometer_readings
UNION ALL SELECT 'service_records', id, vehicle_id, service_date, odometer_reading
FROM service_records
UNION ALL SELECT 'vehicle_events', id, vehicle_id, date, miles FROM vehicle_events
"""
STEPS = """
SELECT
    count(*) FILTER (WHERE miles < before) AS decreases,
    count(DISTINCT vehicle_id) FILTER (WHERE miles < before) AS vehicles,
    count(*) FILTER (WHERE miles = before) AS equal,
    count(*) FILTER (WHERE miles - before > 10000) AS jumps,
    count(*) FILTER (WHERE date = date_before) AS same_day
FROM (
    SELECT *, lag(miles) OVER w AS before, lag(date) OVER w AS date_before
    FROM reading WHERE miles IS NOT NULL
    WINDOW w AS (PARTITION BY vehicle_id ORDER BY date, miles)
) AS s
"""
RULES = """
SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS text
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND convalidated
UNION ALL
SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT polrelid::regclass::text, polname, polcmd::text FROM pg_policy
ORDER BY 1, 2, 3
"""

Truth = list[dict[str, str]]


def truth_of(path: Path) -> Truth:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make(server: Server, name: str, plan: Plan, truth: Path) -> str:
    conninfo = server.create_database(name, "template_empty")
    with connect(conninfo) as connection:
        generate(connection, plan, truth)
    return conninfo


@pytest.fixture(scope="module")
def made(server: Server, tmp_path_factory: Any) -> Iterator[tuple[str, Truth]]:
    """Ten times the real fleet with ten times its transactions."""
    path = tmp_path_factory.mktemp("generate") / "truth.csv"
    yield make(server, "generated", Plan(VEHICLES, EVENTS, seed=7), path), truth_of(path)
    server.drop_database("generated")


@pytest.fixture
def fleet(made: tuple[str, Truth]) -> Iterator[Connection]:
    with connect(made[0]) as connection:
        connection.execute(READINGS)
        yield connection


@pytest.fixture
def truth(made: tuple[str, Truth]) -> Truth:
    return made[1]


def events_in(connection: Connection) -> int:
    count = sql.SQL("SELECT count(*) FROM {}").format
    return sum(value(connection, count(sql.Identifier(table))) for table in TABLES)


@pytest.mark.parametrize(
    ("vehicles", "events"), [(1, 0), (1, 1), (3, 2), (1, 2000), (51, 777), (200, 20_001)]
)
def test_counts_are_exact(empty_database: str, tmp_path: Path, vehicles: int, events: int) -> None:
    written: list[int] = []
    with connect(empty_database) as connection:
        generate(connection, Plan(vehicles, events), tmp_path / "truth.csv", written.append)
        assert events_in(connection) == events == sum(written)
        assert value(connection, "SELECT count(*) FROM vehicles") == vehicles
        assert value(connection, "SELECT count(*) FROM tenants") == -(-vehicles // 50)


def texts(conninfo: str) -> dict[str, list[str]]:
    query = sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1").format
    tables = (
        *TABLES,
        "tenants",
        "users",
        "memberships",
        "garages",
        "vehicles",
        "reminders",
        "vehicle_images",
        "plan_limits",
    )
    with connect(conninfo) as connection:
        return {
            table: [row[0] for row in connection.execute(query(sql.Identifier(table)))]
            for table in tables
        }


def test_the_same_seed_gives_the_same_bytes(server: Server, tmp_path: Path) -> None:
    seeds = {"first": 5, "second": 5, "other": 6}
    found = {
        name: texts(make(server, f"same_{name}", Plan(60, 3000, seed), tmp_path / f"{name}.csv"))
        for name, seed in seeds.items()
    }
    for name in seeds:
        server.drop_database(f"same_{name}")
    first, second, other = ((tmp_path / f"{name}.csv").read_bytes() for name in seeds)
    assert found["first"] == found["second"] != found["other"]
    assert first == second != other


def test_a_compressed_truth_holds_the_same(empty_database: str, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv.gz", "c.csv.gz"):
        with connect(empty_database) as connection:
            generate(connection, Plan(20, 2000, 3), tmp_path / name)
            connection.rollback()
    assert (
        gzip.decompress((tmp_path / "b.csv.gz").read_bytes()) == (tmp_path / "a.csv").read_bytes()
    )
    assert (tmp_path / "b.csv.gz").read_bytes() == (tmp_path / "c.csv.gz").read_bytes()


@pytest.mark.parametrize(("name", "seen"), MISTAKES.items())
def test_mistakes_have_their_real_frequency(truth: Truth, name: str, seen: int) -> None:
    found = sum(row["class"] == name for row in truth)
    assert 0.65 * seen * 10 < found < 1.35 * seen * 10, f"{found} for {seen * 10}"


@pytest.mark.parametrize(("name", "seen"), ODDITIES.items())
def test_odd_vehicles_have_their_real_share(truth: Truth, name: str, seen: int) -> None:
    lengths = [row["chain_lengths"].split("+") for row in truth if row["class"] == name]
    assert len(lengths) == seen * VEHICLES / FLEET
    assert all(len(pair) == 2 for pair in lengths)


def test_the_steps_between_readings_are_like_the_real_ones(fleet: Connection) -> None:
    real = {"decreases": 414, "vehicles": 98, "equal": 65, "jumps": 187, "same_day": 375}
    found = rows(fleet, STEPS)[0]
    assert EVENTS == 10 * TRANSACTIONS
    for name, seen in real.items():
        assert 0.65 * seen * 10 < found[name] < 1.35 * seen * 10, f"{name}: {found[name]}"


def test_the_truth_matches_the_stored_rows(fleet: Connection, truth: Truth) -> None:
    stored = {
        (row["source"], str(row["id"])): (str(row["vehicle_id"]), str(row["miles"]))
        for row in rows(fleet, "SELECT * FROM reading")
    }
    readings = [row for row in truth if row["table"] in TABLES]
    assert len({row["id"] for row in readings}) == len(readings) > 0
    for row in readings:
        assert stored[row["table"], row["id"]] == (row["vehicle_id"], row["written_miles"])
        assert int(row["error_miles"]) == int(row["written_miles"]) - int(row["true_miles"])
        assert (row["error_miles"] == "0") == (row["class"] in ("duplicate", "shifted"))


def test_without_the_mistakes_every_plain_history_rises(fleet: Connection, truth: Truth) -> None:
    odd = {row["id"] for row in truth if row["table"] == "vehicles"}
    true_miles = {row["id"]: int(row["true_miles"]) for row in truth if row["true_miles"]}
    order = "SELECT * FROM reading WHERE miles IS NOT NULL ORDER BY vehicle_id, date"
    last: dict[str, tuple[Any, int]] = {}
    for row in rows(fleet, order):
        vehicle, miles = str(row["vehicle_id"]), true_miles.get(str(row["id"]), row["miles"])
        before = last.get(vehicle, (row["date"], -1))
        if vehicle not in odd:
            assert before[0] == row["date"] or before[1] <= miles
        last[vehicle] = (row["date"], max(before[1], miles))


def contradicting(row: dict[str, str], day: Any, good: list[tuple[Any, int]]) -> bool:
    """The definition once more, one reading at a time."""
    miles = int(row["written_miles"])
    earlier = max((other for other in good if other[0] < day), default=None)
    later = min((other for other in good if other[0] > day), default=None)
    for other, sign in ((earlier, 1), (later, -1)):
        if other is not None:
            rise, days = (miles - other[1]) * sign, abs((day - other[0]).days)
            if rise < -TOLERANCE_MILES or rise > FASTEST_MILES_A_DAY * days:
                return True
    return False


def test_contradicts_as_defined(fleet: Connection, truth: Truth) -> None:
    spoiled = {row["id"]: row for row in truth if row["class"] in MISTAKES}
    odd = {row["id"] for row in truth if row["table"] == "vehicles"}
    good: dict[str, list[tuple[Any, int]]] = {}
    days: dict[str, Any] = {}
    for row in rows(fleet, "SELECT * FROM reading WHERE miles IS NOT NULL"):
        if str(row["id"]) in spoiled:
            days[str(row["id"])] = row["date"]
        else:
            good.setdefault(str(row["vehicle_id"]), []).append((row["date"], row["miles"]))
    found = Counter[tuple[str, bool]]()
    for number, row in spoiled.items():
        if row["vehicle_id"] not in odd:
            expected = contradicting(row, days[number], good.get(row["vehicle_id"], []))
            found[row["contradicts"], expected] += 1
    assert set(found) == {("true", True), ("false", False)}


def test_no_rule_is_missing(fleet: Connection, sample_database: str) -> None:
    with connect(sample_database) as sample:
        assert rows(fleet, RULES) == rows(sample, RULES)


@pytest.mark.parametrize("table", [*TABLES, "reminders", "vehicle_images"])
def test_rows_belong_to_their_vehicle_s_tenant(fleet: Connection, table: str) -> None:
    query = sql.SQL(
        "SELECT count(*) FROM {} AS t JOIN vehicles AS v ON v.id = t.vehicle_id "
        "WHERE t.tenant_id IS DISTINCT FROM v.tenant_id"
    ).format(sql.Identifier(table))
    assert value(fleet, query) == 0


def test_garages_and_members_belong_together(fleet: Connection) -> None:
    stray = (
        "SELECT count(*) FROM vehicles AS v JOIN garages AS g ON g.id = v.garage_id "
        "WHERE v.tenant_id <> g.tenant_id"
    )
    alone = "SELECT count(*) FROM users WHERE id NOT IN (SELECT user_id FROM memberships)"
    assert (value(fleet, stray), value(fleet, alone)) == (0, 0)


def test_times_of_creation_follow_the_garage_s_zone(fleet: Connection) -> None:
    late = """
    SELECT min(delay) AS least, max(delay) AS most FROM (
        SELECT f.created_at - (f.date + f.time) AT TIME ZONE g.timezone AS delay
        FROM fuel_logs AS f
        JOIN vehicles AS v ON v.id = f.vehicle_id
        JOIN garages AS g ON g.id = v.garage_id
    ) AS d
    """
    found = rows(fleet, late)[0]
    assert 0 < found["least"].total_seconds() <= found["most"].total_seconds() < 1800


def test_repeats_stand_one_day_early_in_another_table(empty_database: str, tmp_path: Path) -> None:
    plan = Plan(100, 5000, seed=2, duplicate_share=0.01, shifted_share=0.02)
    pairs = """
    SELECT f.date - o.reading_date AS days FROM odometer_readings AS o
    JOIN fuel_logs AS f ON f.vehicle_id = o.vehicle_id AND f.odometer_reading = o.mileage
    WHERE o.id = ANY(%(ids)s) AND f.date - o.reading_date BETWEEN 0 AND 1
    """
    with connect(empty_database) as connection:
        generate(connection, plan, tmp_path / "truth.csv")
        for name, days, share in (("duplicate", 0, 0.01), ("shifted", 1, 0.02)):
            ids = [row["id"] for row in truth_of(tmp_path / "truth.csv") if row["class"] == name]
            assert 0.5 * share * 5000 < len(ids) < 1.5 * share * 5000
            found = Counter(row["days"] for row in rows(connection, pairs, {"ids": ids}))
            # a fuel log may itself be keyed wrongly
            assert found[days] >= 0.8 * len(ids)


@pytest.mark.parametrize(
    "plan", [Plan(0, 0), Plan(1, 2001), Plan(1, -1), Plan(1, 1, -1), Plan(1, 1, 1, 0.5)]
)
def test_an_impossible_plan_is_refused(empty_database: str, tmp_path: Path, plan: Plan) -> None:
    with connect(empty_database) as connection:
        with pytest.raises(Refused):
            generate(connection, plan, tmp_path / "truth.csv")
        assert value(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    assert not (tmp_path / "truth.csv").exists()


def test_a_database_that_is_not_empty_is_refused(sample_database: str, tmp_path: Path) -> None:
    with connect(sample_database) as connection, pytest.raises(Refused, match="an empty one"):
        generate(connection, Plan(1, 1), tmp_path / "truth.csv")
    assert not (tmp_path / "truth.csv").exists()

"""The legacy schema equals the documented facts, and each data set holds the traps it promises."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import in_shared, legacy_template
from psycopg import sql

from motomind_nb import legacy
from motomind_nb.core import MotomindError, Refused
from motomind_nb.legacy import catalog, samples
from motomind_nb.postgres import Connection, Server, connect, rows, value

# what the catalog does not say of a table's columns; those without a line here may be NULL and have
# neither a default nor a key nor a check
FACTS = Path(__file__).parents[1] / "data" / "legacy_columns.csv"
# all other tables have id
PRIMARY_KEYS = {
    "memberships": ["tenant_id, user_id"],
    "schema_migrations": ["version"],
    "vehicles_naming_backup": [],
    "vin_cache": ["vin"],
}
UNIQUE = {
    "users": "email",
    "plan_limits": "plan_name",
    "provider_integrations": "tenant_id, provider",
    "usage_counters": "tenant_id, day",
    "vehicle_generations": "make, model, body_style, year_start, year_end, region",
    "vehicle_metrics": "tenant_id, vehicle_id, metric_date, period_type",
}
KINDS = {"r": "table", "m": "materialized view", "v": "view"}
COUNTS = {
    "tenants": 1,
    "users": 1,
    "garages": 4,
    "vehicles": 5,
    "vehicle_events": 3,
    "vehicle_images": 1,
    "reminders": 4,
    "odometer_readings": 4,
    "fuel_logs": 2,
    "service_records": 6,
    "vehicle_generations": 14,
    "vin_cache": 10,
    "memberships": 1,
    "plan_limits": 3,
    "vehicle_onboarding": 1,
    "vehicles_naming_backup": 5,
    "schema_migrations": 13,
    "manual_events": 0,
    "audit_log": 0,
    "explanations": 0,
    "image_generation_queue": 0,
    "provider_integrations": 0,
    "uploads": 0,
    "usage_counters": 0,
    "vehicle_metrics": 0,
    "vehicle_health_scores": 5,
    "fleet_overview": 4,
    "latest_odometer_readings": 2,
    "vehicle_current_mileage": 2,
}
OBJECTS = """
SELECT c.relname AS object, c.relkind::text AS kind FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
"""
COLUMNS = """
SELECT c.relname AS object, a.attnum AS position, a.attname AS name,
    format_type(a.atttypid, a.atttypmod) AS sql_type,
    CASE WHEN c.relkind <> 'r' THEN '' WHEN a.attnotnull THEN 'no' ELSE 'yes' END AS nullable,
    coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS "default"
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text AS object, contype::text AS kind, pg_get_constraintdef(oid) AS text
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
"""
ROLE = "SELECT set_config('role', %s, true)"


def facts() -> dict[tuple[str, str], dict[str, str]]:
    """What is known of the columns of the tables besides their types, by table and column."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row for row in csv.DictReader(file)}


def plain_default(text: str) -> str:
    """A default without casts and schema."""
    text = re.sub(r"::[a-z ]+(\[\])?", "", text).replace("extensions.", "")
    return re.sub(r"^\((.*)\)$", r"\1", text)


@pytest.fixture
def old(server: Server) -> Iterator[Connection]:
    with in_shared(server, legacy_template(server, "sample")) as connection:
        yield connection


@pytest.fixture
def traps(server: Server) -> Iterator[Connection]:
    with in_shared(server, legacy_template(server, "traps")) as connection:
        yield connection


def test_objects_equal_the_catalog(old: Connection) -> None:
    live = {(row["object"], KINDS[row["kind"]]) for row in rows(old, OBJECTS)}
    assert live == {(item.name, item.kind) for item in catalog.objects().values()}
    assert len(live) == 35


def test_columns_equal_the_catalog_and_the_facts(old: Connection) -> None:
    known = facts()
    documented = []
    for item in catalog.objects().values():
        for column in item.columns:
            fact = known.pop((item.name, column.name), {})
            may_be_null = "" if item.kind != "table" else "no" if fact.get("not_null") else "yes"
            place = (item.name, str(column.position), column.name, column.type)
            documented.append((*place, may_be_null, fact.get("default", "")))
    names = ("object", "position", "name", "sql_type", "nullable")
    live = [
        (*(str(row[name]) for name in names), plain_default(row["default"]))
        for row in rows(old, COLUMNS)
    ]
    assert len(live) == 423
    assert sorted(live) == sorted(documented)
    assert known == {}, "facts of columns that the catalog does not have"


def documented_keys() -> Counter[tuple[str, str, str]]:
    """Primary keys, unique constraints and foreign keys as the server words them."""
    found: Counter[tuple[str, str, str]] = Counter()
    for table in catalog.tables():
        for columns in PRIMARY_KEYS.get(table, ["id"]):
            found[table, "PRIMARY KEY", columns] += 1
    for table, columns in UNIQUE.items():
        found[table, "UNIQUE", columns] += 1
    for (table, column), fact in facts().items():
        if fact["references"]:
            found[table, "FOREIGN KEY", f"({column}) REFERENCES {fact['references']}"] += 1
    return found


def test_keys_equal_the_documented_ones(old: Connection) -> None:
    live: Counter[tuple[str, str, str]] = Counter()
    for row in rows(old, CONSTRAINTS):
        match = re.fullmatch(r"(PRIMARY KEY|UNIQUE) \((.*)\)|(FOREIGN KEY) (.*)", row["text"])
        if match:
            live[row["object"], match[1] or match[3], match[2] or match[4]] += 1
    assert live == documented_keys()


def test_every_documented_rule_has_its_checks(old: Connection) -> None:
    checks = [row for row in rows(old, CONSTRAINTS) if row["kind"] == "c"]
    ruled = {place: fact["checked"] for place, fact in facts().items() if fact["checked"]}
    assert len(ruled) == 49
    for (table, column), checked in ruled.items():
        word = re.compile(rf"\b{column}\b")
        found = [c for c in checks if c["object"] == table and word.search(c["text"])]
        assert found, f"{table}.{column}"
        if checked == "twice":
            assert 2 in Counter(check["text"] for check in found).values(), column


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_sample_has_the_documented_counts(old: Connection, name: str, count: int) -> None:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
    assert value(old, query) == count


def test_policies_triggers_functions_and_grants_as_counted(old: Connection) -> None:
    assert value(old, "SELECT count(*) FROM pg_policy") == 33
    assert value(old, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal") == 14
    functions = "FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    assert value(old, f"SELECT count(*) {functions}") == 15
    assert value(old, f"SELECT count(*) {functions} AND proconfig IS NOT NULL") == 0
    assert value(old, "SELECT count(*) FROM pg_default_acl") == 3
    assert value(old, "SELECT count(*) FROM pg_publication_tables") == 2


def test_tables_without_row_level_security_or_policies(old: Connection) -> None:
    tables = "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    off = value(
        old, f"SELECT string_agg(relname, ' ' ORDER BY relname) {tables} AND NOT relrowsecurity"
    )
    assert off == (
        "audit_log memberships plan_limits schema_migrations users vehicles_naming_backup vin_cache"
    )
    bare = value(
        old,
        f"SELECT string_agg(relname, ' ' ORDER BY relname) {tables} AND "
        "relrowsecurity AND NOT EXISTS "
        "(SELECT FROM pg_policy WHERE polrelid = pg_class.oid)",
    )
    assert bare == "odometer_readings service_records"


def test_anon_reads_emails_and_deletes_the_membership(old: Connection) -> None:
    old.execute(ROLE, ("anon",))
    assert value(old, "SELECT email FROM users") == "alex@example.com"
    assert value(old, "SELECT count(*) FROM vehicle_current_mileage") == 2
    assert value(old, "SELECT count(*) FROM vehicle_health_scores") == 5
    assert value(old, "SELECT count(*) FROM vehicles") == 0
    assert old.execute("DELETE FROM memberships").rowcount == 1


def test_fuel_logs_raises_when_its_setting_is_missing(old: Connection) -> None:
    old.execute(ROLE, ("authenticated",))
    with pytest.raises(psycopg.errors.UndefinedObject, match=r"app\.current_tenant_id"):
        old.execute("SELECT * FROM fuel_logs")


def test_tenant_setting_opens_own_rows(old: Connection) -> None:
    old.execute("SELECT set_config('app.tenant_id', id::text, true) FROM tenants")
    old.execute(ROLE, ("authenticated",))
    assert value(old, "SELECT count(*) FROM vehicles") == 5
    assert value(old, "SELECT count(*) FROM odometer_readings") == 0


V1 = "40000000-0000-4000-8000-000000000001"
T1 = "10000000-0000-4000-8000-000000000001"
IMPOSSIBLE = {
    "manual_events": (
        f"INSERT INTO manual_events (tenant_id, vehicle_id, event_type, payload) "
        f"VALUES ('{T1}', '{V1}', 'maintenance', '{{}}')",
        "42702",
    ),
    "refresh": ("SELECT refresh_vehicle_health_scores()", "23514"),
    "schema_migrations": ("INSERT INTO schema_migrations (version) VALUES ('999')", "23502"),
    "vehicle_events": (
        f"INSERT INTO vehicle_events (vehicle_id, tenant_id, type, date, miles, payload) "
        f"VALUES ('{V1}', '{T1}', 'odometer', '2025-09-25', 53300, '{{}}')",
        "23502",
    ),
    "vehicle_images": (
        f"INSERT INTO vehicle_images (tenant_id, vehicle_id, storage_path, public_url, filename) "
        f"VALUES ('{T1}', '{V1}', 'a', 'b', 'c')",
        "23502",
    ),
    "overdue reminder": (
        f"INSERT INTO reminders (vehicle_id, tenant_id, title, category, due_date) "
        f"VALUES ('{V1}', '{T1}', 'Late', 'other', CURRENT_DATE - 1)",
        "23514",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_inserts_that_can_never_work(old: Connection, name: str) -> None:
    statement, state = IMPOSSIBLE[name]
    with pytest.raises(psycopg.Error) as caught:
        old.execute(statement)
    assert caught.value.sqlstate == state


def test_reminders_load_in_utc_and_not_east_of_it(old: Connection) -> None:
    copy = "INSERT INTO reminders SELECT (r).* FROM (SELECT unnest(%s::reminders[]) AS r) AS t"
    kept = value(old, "SELECT array_agg(r)::text FROM reminders AS r")
    old.execute("DELETE FROM reminders")
    assert old.execute(copy, (kept,)).rowcount == 4
    old.execute("DELETE FROM reminders")
    old.execute("SET LOCAL TimeZone TO 'Asia/Tokyo'")
    with pytest.raises(psycopg.errors.CheckViolation):
        old.execute(copy, (kept,))


def test_fleet_overview_counts_a_vehicle_twice(old: Connection) -> None:
    shown = value(old, "SELECT total_vehicles FROM fleet_overview WHERE garage_name = 'Home'")
    real = value(
        old,
        "SELECT count(*) FROM vehicles WHERE garage_id = "
        "(SELECT id FROM garages WHERE name = 'Home')",
    )
    assert (shown, real) == (4, 3)


def test_performance_dashboard_names_what_is_missing(old: Connection) -> None:
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="pg_stat_statements"):
        old.execute("SELECT * FROM performance_dashboard")


def test_functions_break_when_the_tables_move(old: Connection) -> None:
    assert value(old, "SELECT orphaned_vehicles FROM consolidated_health_check()") == 0
    old.execute("CREATE SCHEMA elsewhere")
    old.execute("ALTER TABLE vehicles SET SCHEMA elsewhere")
    with pytest.raises(psycopg.errors.UndefinedTable, match='"vehicles" does not exist'):
        old.execute("SELECT consolidated_health_check()")


NEWEST = """
SELECT miles FROM (
    SELECT vehicle_id, date, NULL::time AS at, miles FROM vehicle_events WHERE type <> 'document'
    UNION ALL SELECT vehicle_id, reading_date, reading_time, mileage FROM odometer_readings
    UNION ALL SELECT vehicle_id, date, time, odometer_reading FROM fuel_logs
    UNION ALL SELECT vehicle_id, service_date, NULL, odometer_reading FROM service_records
) AS r WHERE vehicle_id = '{}' ORDER BY date DESC, at DESC LIMIT 1
"""
SAMPLE_TRAPS = {
    "a date before 2024": ("SELECT min(service_date)::text FROM service_records", "2023-11-04"),
    "a service below the reading before": (
        "SELECT count(*) FROM service_records AS s, vehicle_events AS e WHERE s.vehicle_id = "
        "e.vehicle_id AND s.service_date = '2025-07-02' AND e.date < s.service_date "
        "AND (s.odometer_reading, e.miles) = (51870, 52040)",
        1,
    ),
    "a fuel odometer is the latest": (NEWEST.format(V1), 53194),
    "two timed readings typed in the other order": (
        "SELECT string_agg(mileage::text, ' ' ORDER BY created_at) FROM odometer_readings "
        "WHERE reading_date = '2025-09-10' AND reading_time IS NOT NULL",
        "18940 18905",
    ),
    "Canadian dollars": (
        "SELECT total_amount::text FROM fuel_logs WHERE currency = 'CAD'",
        "38.50",
    ),
    "no gallons, no station, no fuel type": (
        "SELECT count(*) FROM fuel_logs WHERE gallons IS NULL AND station_name IS NULL "
        "AND fuel_type IS NULL",
        1,
    ),
    "fractions of miles per gallon": (
        "SELECT count(*) FROM vehicles WHERE baseline_fuel_mpg % 1 <> 0",
        5,
    ),
    "thirteen decimals": ("SELECT lat::text FROM garages WHERE is_default", "45.5231441098765"),
    "all four statuses": ("SELECT count(DISTINCT status) FROM reminders", 4),
    "image type general": ("SELECT image_type FROM vehicle_images", "general"),
    "a soft-deleted vehicle": ("SELECT count(*) FROM vehicles WHERE deleted_at IS NOT NULL", 1),
    "a fabricated year": (
        "SELECT count(*) FROM vehicles WHERE year = 2020 AND (enrichment ->> 'year')::int <> year",
        1,
    ),
    "1970": ("SELECT count(*) FROM vehicle_images WHERE updated_at = 'epoch'", 1),
    "scores of a deleted vehicle": (
        "SELECT count(*) FROM vehicle_health_scores JOIN vehicles USING (id) "
        "WHERE deleted_at IS NOT NULL",
        1,
    ),
}


@pytest.mark.parametrize("name", SAMPLE_TRAPS)
def test_sample_holds(old: Connection, name: str) -> None:
    statement, expected = SAMPLE_TRAPS[name]
    assert value(old, statement) == expected


def vehicle(number: int) -> str:
    return f"'40000000-0000-4000-8000-{number:012d}'"


def series(number: int) -> str:
    return (
        "SELECT array_agg(mileage ORDER BY reading_date) FROM odometer_readings "
        f"WHERE vehicle_id = {vehicle(number)}"
    )


def wrong_tenant(table: str) -> str:
    return (
        f"SELECT count(*) FROM {table} AS t JOIN vehicles AS v ON v.id = t.vehicle_id "
        "WHERE t.tenant_id <> v.tenant_id"
    )


TRAPS = {
    "a user in two tenants": (
        "SELECT count(*) FROM (SELECT FROM memberships GROUP BY user_id HAVING count(*) = 2) AS t",
        1,
    ),
    "a user in none": (
        "SELECT email FROM users WHERE id NOT IN (SELECT user_id FROM memberships)",
        "nobody@example.com",
    ),
    "a plan nobody knows": (
        "SELECT plan_name FROM tenants WHERE plan_name NOT IN (SELECT plan_name FROM plan_limits)",
        "pilot",
    ),
    "a vehicle in another tenant's garage": (
        "SELECT count(*) FROM vehicles AS v JOIN garages AS g ON g.id = v.garage_id "
        "WHERE v.tenant_id <> g.tenant_id",
        1,
    ),
    "a vehicle without anything": (
        "SELECT count(*) FROM vehicles WHERE make IS NULL AND vin IS NULL AND garage_id IS NULL",
        1,
    ),
    "wrong tenant: odometer": (wrong_tenant("odometer_readings"), 2),
    "wrong tenant: fuel": (wrong_tenant("fuel_logs"), 1),
    "wrong tenant: service": (wrong_tenant("service_records"), 1),
    "wrong tenant: events": (wrong_tenant("vehicle_events"), 1),
    "wrong tenant: reminders": (wrong_tenant("reminders"), 1),
    "wrong tenant: images": (wrong_tenant("vehicle_images"), 1),
    "a tenant that never existed": (
        "SELECT count(*) FROM fuel_logs WHERE tenant_id NOT IN (SELECT id FROM tenants)",
        1,
    ),
    "a typo that blocks a vehicle": (
        "SELECT array_agg(miles ORDER BY date) FROM vehicle_events "
        f"WHERE vehicle_id = {vehicle(6)}",
        [52800, 53100, 535000, 53600, 53900],
    ),
    "backdated too high, typed out of order": (
        "SELECT array_agg(miles ORDER BY created_at) FROM vehicle_events "
        f"WHERE vehicle_id = {vehicle(7)}",
        [51220, 50100, 49000, 99999, 51900],
    ),
    "a replaced meter": (series(8), [40000, 40600, 41100, 41500, 120, 900, 1700, 2600]),
    "merged vehicles": (series(9), [12000, 88000, 12900, 88700, 13800, 89500, 14600, 90200]),
    "hours and miles": (series(10), [61500, 4110, 61820, 4132, 62140, 4153, 62460, 4174]),
    "a rollover": (series(11), [99010, 99520, 99930, 440, 930, 1410]),
    "placeholders": (series(13), [20100, 1, 20500, 0, 20900, 888888, 21300, 1111, 21700]),
    "a day's shift between tables": (
        "SELECT count(*) FROM odometer_readings AS o JOIN fuel_logs AS f USING (vehicle_id) "
        "WHERE o.mileage = f.odometer_reading AND f.date - 1 = o.reading_date "
        "AND f.fuel_type = 'Regular'",
        3,
    ),
    "two rows of one stop": (
        "SELECT count(*) FROM (SELECT FROM fuel_logs GROUP BY vehicle_id, date, time, "
        "odometer_reading HAVING count(*) > 1) AS t",
        1,
    ),
    "the same event twice": (
        "SELECT count(*) FROM (SELECT FROM vehicle_events WHERE miles IS NOT NULL "
        "GROUP BY vehicle_id, type, date, miles HAVING count(*) > 1) AS t",
        1,
    ),
    "54,000 and 53,500 on one day": (
        "SELECT count(*) FROM vehicle_events WHERE date = '2025-06-10' AND miles IN (53500, 54000)",
        2,
    ),
    "one id in two tables": ("SELECT count(*) FROM odometer_readings JOIN fuel_logs USING (id)", 1),
    "a document with miles": (
        "SELECT miles FROM vehicle_events WHERE type = 'document' AND miles IS NOT NULL",
        9000000,
    ),
    "junk payloads": (
        "SELECT count(*) FROM vehicle_events WHERE jsonb_typeof(payload) <> 'object' "
        'OR payload @? \'$.* ? (@ == null || @ == "" || @ == "NaN" || @ == "12,50")\'',
        6,
    ),
    "a negative amount": (
        "SELECT payload ->> 'gallons' FROM vehicle_events WHERE payload @? '$.gallons ? (@ < 0)'",
        "-5",
    ),
    "dates far ahead": (
        "SELECT (SELECT max(reading_date) FROM odometer_readings AS o WHERE vehicle_id = "
        f"{vehicle(14)})::text || ' ' || (SELECT max(service_date) FROM service_records AS s "
        f"WHERE vehicle_id = {vehicle(14)})",
        "2027-12-31 2028-01-01",
    ),
    "1900": ("SELECT min(date)::text FROM vehicle_events", "1900-01-01"),
    "created_at missing": (
        "SELECT (SELECT count(*) FROM odometer_readings WHERE created_at IS NULL) * 100 + "
        "(SELECT count(*) FROM fuel_logs WHERE created_at IS NULL) * 10 + "
        "(SELECT count(*) FROM service_records WHERE created_at IS NULL)",
        311,
    ),
    "an image type no rule knows": (
        "SELECT count(*) FROM vehicle_images WHERE image_type = 'interior'",
        1,
    ),
    "two equal reminders": (
        "SELECT count(*) FROM (SELECT FROM reminders GROUP BY vehicle_id, title, due_date "
        "HAVING count(*) > 1) AS t",
        1,
    ),
    "orphans in the naming backup": (
        "SELECT count(*) FROM vehicles_naming_backup AS b WHERE NOT EXISTS "
        "(SELECT FROM vehicles AS v WHERE v.id = b.id)",
        2,
    ),
    "a decoded VIN without vehicle": (
        "SELECT count(*) FROM vin_cache WHERE vin = 'MADEUP00000000999'",
        1,
    ),
    "tables said to be empty": (
        "SELECT (SELECT count(*) FROM explanations) + (SELECT count(*) FROM audit_log) + "
        "(SELECT count(*) FROM uploads) + (SELECT count(*) FROM usage_counters) + "
        "(SELECT count(*) FROM vehicle_metrics) + (SELECT count(*) FROM provider_integrations) + "
        "(SELECT count(*) FROM image_generation_queue)",
        7,
    ),
    "manual_events can't hold rows": ("SELECT count(*) FROM manual_events", 0),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_hold(traps: Connection, name: str) -> None:
    statement, expected = TRAPS[name]
    assert value(traps, statement) == expected


def texts(connection: Connection) -> set[tuple[str, str]]:
    """Every row of every table as text."""
    query = sql.SQL("SELECT t::text FROM {} AS t").format
    tables = [row["object"] for row in rows(connection, OBJECTS) if row["kind"] == "r"]
    return {
        (table, row[0])
        for table in tables
        for row in connection.execute(query(sql.Identifier(table))).fetchall()
    }


def test_traps_are_a_superset_of_the_sample(traps: Connection, old: Connection) -> None:
    assert texts(traps) > texts(old)


@pytest.mark.parametrize("table", ["odometer_readings", "fuel_logs", "service_records"])
def test_sample_uses_every_folded_column(old: Connection, table: str) -> None:
    query = sql.SQL(
        "SELECT key FROM {} AS t, jsonb_each(to_jsonb(t)) GROUP BY key "
        "HAVING bool_and(jsonb_typeof(value) = 'null')"
    ).format(sql.Identifier(table))
    assert rows(old, query) == []


UNMAPPED = {
    "SELECT string_agg(status, ' ' ORDER BY id) FROM reminders WHERE id::text LIKE '%%2__'": (
        "snoozed expired"
    ),
    "SELECT category || ' ' || priority FROM reminders WHERE status = 'expired'": (
        "detailing urgent"
    ),
    "SELECT type FROM vehicle_events WHERE id::text LIKE '%%201'": "inspection",
    "SELECT role FROM memberships WHERE role NOT IN ('owner', 'manager', 'viewer')": "mechanic",
    "SELECT subscription_status FROM tenants WHERE name = 'On trial'": "trialing",
    "SELECT source FROM fuel_logs WHERE id::text LIKE '%%201'": "telematics",
    "SELECT color FROM vehicles WHERE color IS NOT NULL": "blue",
    "SELECT event_type FROM manual_events": "odometer_reading",
}


@pytest.mark.parametrize("statement", UNMAPPED)
def test_unmapped_holds(server: Server, statement: str) -> None:
    with in_shared(server, legacy_template(server, "unmapped")) as connection:
        assert value(connection, statement.replace("%%", "%")) == UNMAPPED[statement]


@pytest.mark.parametrize("name", samples.DATA_SETS)
def test_a_data_set_is_the_same_every_time(server, name: str) -> None:
    def made(number: int) -> set[tuple[str, str]]:
        database = server.create_database(f"repeat_{name}_{number}", "template_empty")
        with connect(database) as connection:
            legacy.create_sample(connection, name)
            found = texts(connection)
        server.drop_database(f"repeat_{name}_{number}")
        return found

    assert made(1) == made(2)


def test_a_database_that_is_not_empty_is_refused(sample_database: str) -> None:
    with connect(sample_database) as connection, pytest.raises(Refused, match="an empty one"):
        legacy.create_sample(connection, "sample")


def test_an_unknown_data_set_is_an_error_before_anything_is_written(empty_database: str) -> None:
    with connect(empty_database) as connection:
        with pytest.raises(MotomindError, match="one of sample, traps, unmapped"):
            legacy.create_sample(connection, "everything")
        assert value(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_nothing_is_committed(empty_database: str) -> None:
    with connect(empty_database) as connection:
        legacy.create_sample(connection, "sample")
        connection.rollback()
        assert value(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0

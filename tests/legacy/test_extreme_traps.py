"""Every date, time and number column of the data set traps holds a value at the end of its type."""

from __future__ import annotations

import pytest

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, connect, rows, value

COLUMNS = b"""
SELECT c.relname AS object, a.attname AS name, format_type(a.atttypid, NULL) AS type
FROM pg_attribute AS a INNER JOIN pg_class AS c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
FAR = "NOT isfinite({0}) OR {0} < '0001-01-01' OR {0} > '9999-12-31'"
EXTREME = {
    "date": FAR,
    "timestamp with time zone": FAR,
    "time without time zone": "{0} = '24:00'",
    "numeric": "{0} = 'NaN'",
    "double precision": "{0} IN ('NaN', 'Infinity', '-Infinity')",
    "integer": "{0} IN (2147483647, -2147483648)",
}
# what a rule of the legacy schema keeps out
REFUSED = {
    ("vehicle_events", "date"): "chk_vehicle_events_reasonable_date",
    ("vehicles", "year"): "chk_vehicles_year",
    ("odometer_readings", "confidence_score"): "odometer_readings_confidence_score_check",
    ("fuel_logs", "confidence_score"): "fuel_logs_confidence_score_check",
    ("service_records", "confidence_score"): "service_records_confidence_score_check",
}
TABLES = (*catalog.KEPT, *catalog.FOLDED, "memberships")


@pytest.fixture
def traps(traps_database: str) -> Connection:
    with connect(traps_database) as connection:
        yield connection


def test_every_column_holds_an_extreme_value(traps: Connection) -> None:
    missing = []
    looked = 0
    for column in rows(traps, COLUMNS):
        if column["object"] not in TABLES or column["type"] not in EXTREME:
            continue
        looked += 1
        place = (column["object"], column["name"])
        condition = EXTREME[column["type"]].format(f'"{column["name"]}"')
        found = value(traps, f'SELECT count(*) FROM "{place[0]}" WHERE {condition}'.encode())
        if not found and place not in REFUSED:
            missing.append(place)
        assert not (found and place in REFUSED), place
    assert missing == []
    assert looked > 50


@pytest.mark.parametrize("place", REFUSED, ids=".".join)
def test_what_is_left_out_is_what_a_legacy_rule_refuses(
    traps: Connection, place: tuple[str, str]
) -> None:
    rule = REFUSED[place]
    text = value(
        traps,
        b"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %(rule)s",
        {"rule": rule},
    )
    assert place[1] in text


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT count(*) FROM garages WHERE is_default AND name ~ '\x1b'", 1),
        (
            "SELECT count(*) FROM (SELECT FROM garages WHERE is_default GROUP BY tenant_id"
            " HAVING count(*) > 1) AS t",
            1,
        ),
        (
            "SELECT storage_path FROM vehicle_images WHERE storage_path ~ '^[^/]+$'",
            "lone.jpg",
        ),
        (
            "SELECT count(*) FROM vehicle_events WHERE payload @? '$.total_amount ? (@ > 1e300)'",
            1,
        ),
        (
            "SELECT count(*) FROM fuel_logs WHERE NOT isfinite(date) AND odometer_reading IS NULL",
            1,
        ),
        ("SELECT count(*) FROM odometer_readings WHERE reading_time = '23:59:59.999999'", 1),
    ],
)
def test_other_extremes_hold(traps: Connection, statement: str, expected: object) -> None:
    assert value(traps, statement.encode()) == expected

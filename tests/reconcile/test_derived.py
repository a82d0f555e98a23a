"""The timeline, the feed and the current mileage beside queries of their own, both ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import in_shared, rolled_back
from loads import loaded_template
from rebuilt import SPARE_A, VEHICLE_A, VEHICLE_B, A, Connection, event, module_target, one

from motomind_nb.core import Finding
from motomind_nb.postgres import Server, connect
from motomind_nb.reconcile.checks import derived

__all__ = ["module_target"]

SUBJECTS = [
    "private.timeline",
    "timeline_feed",
    "vehicle_current_mileage",
    "private.timeline",
]
MINE = "71000000-0000-4000-8000-00000000000"
COLUMNS = (
    "tenant_id, vehicle_id, id, date, local_time, time_zone, type, miles, payload, disputed,"
    " superseded, created_at"
)
VIEWS = (
    "public.timeline_feed",
    "private.timeline_visible",
    "private.timeline_freshness",
)


def fill(connection: Connection) -> None:
    """Write six events of two tenants, one corrected, one disputed, as loaded and refreshed."""
    readings = [
        {"vehicle_id": VEHICLE_A, "date": "2024-02-29", "miles": 70500, "local_time": "07:30"},
        {"vehicle_id": VEHICLE_A, "date": "2025-03-01", "miles": 91000},
        {
            "vehicle_id": VEHICLE_A,
            "date": "2025-03-01",
            "miles": 71000,
            "supersedes_id": MINE + "2",
            "supersedes_date": "2025-03-01",
        },
        {"vehicle_id": VEHICLE_A, "date": "2025-08-01", "miles": 3, "disputed": True},
        {
            "vehicle_id": VEHICLE_B,
            "date": "2023-12-31",
            "type": "fuel",
            "miles": 120,
            "payload": {"gallons": 9.690, "vendor": "Wawa", "total_amount": 30},
        },
        {
            "vehicle_id": SPARE_A,
            "date": "2025-05-05",
            "type": "document",
            "payload": {"doc_type": "lease"},
        },
    ]
    for number, columns in enumerate(readings, 1):
        tenant = {"tenant_id": VEHICLE_B[:-1] + "1" if columns["vehicle_id"] == VEHICLE_B else A}
        event(connection, id=f"{MINE}{number}", **tenant, **columns)
    connection.execute(
        "INSERT INTO private.event_source SELECT 'elsewhere', id, tenant_id, id, date"
        " FROM vehicle_events"
    )
    assert one(connection, "SELECT private.refresh_timeline()") is None


@pytest.fixture(scope="module")
def filled_target(module_target: str) -> str:
    """The conninfo of a database with the six events, which the tests of this module share."""
    with connect(module_target, autocommit=True) as connection:
        fill(connection)
    return module_target


@pytest.fixture
def filled(filled_target: str) -> Iterator[Connection]:
    """The owner of that database, inside a transaction that is rolled back."""
    with rolled_back(filled_target) as connection:
        yield connection


def told(connection: Connection) -> dict[str, Finding]:
    """What the checks say, by subject; freshness by its check."""
    with connection.transaction():
        return {
            item.check if item.check == "timeline fresh" else item.subject: item
            for item in derived.derived_findings(connection)
        }


def faults(connection: Connection) -> dict[str, str]:
    """What is found by each subject that is not ok."""
    return {key: item.found for key, item in told(connection).items() if item.status != "ok"}


def damage(connection: Connection, statement: str) -> None:
    """Do what no trigger would let pass."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(statement.encode())


def replaced_timeline(connection: Connection, select: str) -> None:
    """Put a relation of another text in the place of the timeline, below the views over it."""
    texts = {
        view: one(connection, "SELECT pg_get_viewdef(%s::regclass)", (view,)) for view in VIEWS
    }
    connection.execute("ALTER MATERIALIZED VIEW private.timeline RENAME TO timeline_before")
    connection.execute(select.encode())
    for view in reversed(VIEWS):
        text = texts[view].replace("timeline_before", "timeline")
        connection.execute(f"CREATE OR REPLACE VIEW {view} AS {text}".encode())


@pytest.mark.parametrize("data", ["sample", "traps"])
def test_a_load_that_nobody_touched_is_ok_whatever_its_age(server: Server, data: str) -> None:
    with in_shared(server, loaded_template(server, data)) as connection:
        for age in ("0", "1 day", "2 years"):
            refreshed(connection, age)
            found = list(derived.derived_findings(connection))
            assert {item.status for item in found} == {"ok"}, age
            assert [item.subject for item in found] == SUBJECTS


def test_what_was_written_live_and_refreshed_is_ok(filled: Connection) -> None:
    filled.execute("UPDATE vehicles SET deleted_at = now() WHERE id = %s", (VEHICLE_B,))
    filled.execute("UPDATE vehicles SET nickname = 'Renamed' WHERE id = %s", (VEHICLE_A,))
    assert faults(filled) == {}
    assert one(filled, "SELECT count(*) FROM timeline_feed") == 5


def test_a_check_reads_only_and_leaves_the_transaction_usable(filled: Connection) -> None:
    filled.execute("DROP VIEW public.vehicle_current_mileage")
    with filled.transaction():
        filled.execute("SET TRANSACTION READ ONLY")
        found = {item.subject: item for item in derived.derived_findings(filled)}
        assert one(filled, "SELECT 1") == 1
    gone = found["vehicle_current_mileage"]
    assert (gone.status, gone.found) == ("fail", "one that cannot be compared")
    assert "does not exist" in gone.detail
    assert found["private.timeline"].status == "ok"


def test_a_timeline_that_was_never_filled_is_told(filled: Connection) -> None:
    filled.execute("REFRESH MATERIALIZED VIEW private.timeline WITH NO DATA")
    found = told(filled)
    assert {found[name].status for name in ("private.timeline", "timeline fresh")} == {"fail"}
    assert "has not been populated" in found["private.timeline"].detail


def test_an_event_that_vanished_after_the_refresh_is_extra(filled: Connection) -> None:
    damage(filled, f"DELETE FROM vehicle_events WHERE id = '{MINE}5'")
    assert faults(filled) == {
        "private.timeline: extra": "1 row extra",
        "timeline_feed: extra": "1 row extra",
    }
    assert MINE + "5" in told(filled)["private.timeline: extra"].detail


def test_events_altered_below_the_timeline_are_counted_and_shown(filled: Connection) -> None:
    damage(filled, "UPDATE vehicle_events SET miles = miles + 1, time_zone = 'UTC'")
    found = told(filled)
    assert found["private.timeline: altered"].found == "6 rows altered"
    assert found["private.timeline: altered"].detail.count(MINE) == 5
    assert f"{MINE}1 (miles, time_zone)" in found["private.timeline: altered"].detail
    assert f"{MINE}5 (miles, time_zone)" in found["timeline_feed: altered"].detail


def test_a_number_written_otherwise_counts_to_the_last_digit(filled: Connection) -> None:
    damage(
        filled,
        "UPDATE vehicle_events SET payload = payload || '{\"total_amount\": 30.0}'"
        f" WHERE id = '{MINE}5'",
    )
    assert faults(filled)["private.timeline: altered"] == "1 row altered"
    assert "(payload)" in told(filled)["private.timeline: altered"].detail


# a sum of hashes that are not those of whole rows would not see it
EXCHANGED = f"CASE id WHEN '{MINE}1' THEN 91000 WHEN '{MINE}2' THEN 70500 ELSE miles END AS miles"
# a text in the place of the timeline's, and what must be told
TIMELINES = {
    "it lacks rows": (
        f"SELECT {COLUMNS} FROM private.timeline_before WHERE type <> 'fuel'",
        {"private.timeline: missing": "1 row missing"},
    ),
    "it lacks a correction": (
        f"SELECT {COLUMNS} FROM private.timeline_before WHERE id <> '{MINE}3'",
        {"private.timeline: missing": "1 row missing"},
    ),
    "its miles are others": (
        f"SELECT {COLUMNS.replace('miles', 'miles + 10 AS miles')} FROM private.timeline_before",
        {"private.timeline: altered": "5 rows altered", "timeline_feed: altered": "5 rows altered"},
    ),
    "two rows exchange their miles": (
        f"SELECT {COLUMNS.replace('miles', EXCHANGED)} FROM private.timeline_before",
        {"private.timeline: altered": "2 rows altered", "timeline_feed: altered": "2 rows altered"},
    ),
    "nothing is superseded": (
        f"SELECT {COLUMNS.replace('superseded', 'false AS superseded')}"
        " FROM private.timeline_before",
        {"private.timeline: altered": "1 row altered", "timeline_feed: altered": "1 row altered"},
    ),
    "its rows stand twice": (
        f"SELECT {COLUMNS} FROM private.timeline_before UNION ALL"
        f" SELECT {COLUMNS} FROM private.timeline_before WHERE type = 'fuel'",
        {"private.timeline: extra": "1 row extra", "timeline_feed: extra": "1 row extra"},
    ),
    "it invents a row": (
        f"SELECT {COLUMNS} FROM private.timeline_before UNION ALL"
        f" SELECT {COLUMNS.replace(' id', ' gen_random_uuid()')}"
        " FROM private.timeline_before WHERE type = 'fuel'",
        {"private.timeline: extra": "1 row extra", "timeline_feed: extra": "1 row extra"},
    ),
    "it is as it was": (f"SELECT {COLUMNS} FROM private.timeline_before", {}),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("kind", ["MATERIALIZED VIEW", "TABLE"])
@pytest.mark.parametrize("name", TIMELINES)
def test_a_timeline_of_another_text_is_found(filled: Connection, name: str, kind: str) -> None:
    text, expected = TIMELINES[name]
    replaced_timeline(filled, f"CREATE {kind} private.timeline AS {text}")
    assert faults(filled) == expected


def test_a_timeline_of_other_types_cannot_be_compared(filled: Connection) -> None:
    select = COLUMNS.replace("miles", "miles::bigint AS miles")
    filled.execute("DROP MATERIALIZED VIEW private.timeline CASCADE")
    filled.execute(f"CREATE TABLE private.timeline AS {select_events(select)}".encode())
    assert told(filled)["private.timeline"].found == "one that cannot be compared"


def select_events(columns: str) -> str:
    """A query of the timeline's columns without the timeline."""
    return f"SELECT {columns.replace('superseded', 'false AS superseded')} FROM vehicle_events"


FEED = "SELECT {} FROM private.timeline_visible"
FEED_COLUMNS = (
    "id, tenant_id, vehicle_id, vehicle_name, type, date, local_time, time_zone, miles, payload,"
    " disputed, superseded, created_at"
)
OTHER_NAME = (
    f"(SELECT nickname FROM vehicles WHERE id = CASE vehicle_id WHEN '{VEHICLE_A}'"
    f" THEN '{VEHICLE_B}' WHEN '{VEHICLE_B}' THEN '{VEHICLE_A}' ELSE vehicle_id END)"
    " AS vehicle_name"
)
FEEDS = {
    "a filter": (FEED.format(FEED_COLUMNS) + " WHERE NOT disputed", {"missing": "1 row missing"}),
    "a limit": (FEED.format(FEED_COLUMNS) + " LIMIT 2", {"missing": "4 rows missing"}),
    "another name": (
        FEED.format(FEED_COLUMNS.replace("vehicle_name", "upper(vehicle_name) AS vehicle_name")),
        {"altered": "6 rows altered"},
    ),
    "names exchanged": (
        FEED.format(FEED_COLUMNS.replace("vehicle_name", OTHER_NAME)),
        {"altered": "5 rows altered"},
    ),
    "rows twice": (
        FEED.format(FEED_COLUMNS) + ", generate_series(1, 2) AS twice (i)",
        {"extra": "6 rows extra"},
    ),
    "as it was": (FEED.format(FEED_COLUMNS), {}),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_of_another_text_is_found(filled: Connection, name: str) -> None:
    text, expected = FEEDS[name]
    filled.execute(f"CREATE OR REPLACE VIEW timeline_feed AS {text}".encode())
    assert faults(filled) == {f"timeline_feed: {kind}": rows for kind, rows in expected.items()}


def test_a_feed_that_shows_a_soft_deleted_vehicle_is_found(filled: Connection) -> None:
    filled.execute("UPDATE vehicles SET deleted_at = now() WHERE id = %s", (VEHICLE_B,))
    filled.execute(
        "CREATE OR REPLACE VIEW private.visible_vehicle AS"
        " SELECT tenant_id, id, nickname FROM vehicles"
    )
    assert faults(filled) == {
        "timeline_feed: extra": "1 row extra",
        "vehicle_current_mileage: extra": "1 row extra",
    }


MILEAGE = (
    "SELECT DISTINCT ON (vehicle_id) vehicle_id, miles, date, created_at, tenant_id"
    " FROM vehicle_events AS e WHERE miles IS NOT NULL {} ORDER BY vehicle_id, date DESC,"
    " chain DESC, miles DESC, created_at DESC"
)
IN_FORCE = (
    "AND NOT disputed AND type <> 'document'"
    " AND NOT EXISTS (SELECT FROM vehicle_events AS c WHERE c.supersedes_id = e.id)"
)
MILEAGES = {
    "disputed readings count": (
        MILEAGE.format(IN_FORCE.replace("AND NOT disputed", "")),
        {"altered": "1 row altered"},
    ),
    "corrected readings count": (
        MILEAGE.format("AND NOT disputed"),
        {"altered": "1 row altered"},
    ),
    "the highest miles": (
        "SELECT vehicle_id, max(miles) AS miles, max(date) AS date, max(created_at) AS created_at,"
        " tenant_id FROM vehicle_events GROUP BY vehicle_id, tenant_id",
        {"altered": "1 row altered", "extra": "1 row extra"},
    ),
    "no fuel": (
        MILEAGE.format(IN_FORCE + " AND type <> 'fuel'"),
        {"missing": "1 row missing"},
    ),
    "as it was": (MILEAGE.format(IN_FORCE), {}),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("name", MILEAGES)
def test_a_current_mileage_of_another_text_is_found(filled: Connection, name: str) -> None:
    text, expected = MILEAGES[name]
    filled.execute(f"CREATE OR REPLACE VIEW vehicle_current_mileage AS {text}".encode())
    subject = "vehicle_current_mileage: {}".format
    assert faults(filled) == {subject(kind): rows for kind, rows in expected.items()}


def test_a_definition_of_a_reading_that_changed_is_found(filled: Connection) -> None:
    # the index holds what was a reading when it was made
    filled.execute("DROP INDEX public.vehicle_events_reading")
    filled.execute(
        "CREATE OR REPLACE FUNCTION private.is_reading(type text, miles integer, disputed boolean)"
        " RETURNS boolean LANGUAGE sql IMMUTABLE RETURN miles IS NOT NULL AND type <> 'fuel'"
    )
    found = told(filled)
    assert (
        f"{VEHICLE_A} (created_at, date, miles)" in found["vehicle_current_mileage: altered"].detail
    )
    assert VEHICLE_B in found["vehicle_current_mileage: missing"].detail


def write_two(connection: Connection) -> None:
    """Two live events, the one of a forged time, the other a correction without a time."""
    event(
        connection,
        vehicle_id=SPARE_A,
        tenant_id=A,
        date="2025-06-01",
        miles=9,
        created_at="1990-01-01",
    )
    event(
        connection,
        vehicle_id=VEHICLE_A,
        tenant_id=A,
        date="2024-02-29",
        miles=70400,
        created_at=None,
        supersedes_id=MINE + "1",
        supersedes_date="2024-02-29",
    )


def refreshed(connection: Connection, ago: str) -> None:
    """Let the last refresh be as long ago as that."""
    connection.execute(
        "UPDATE private.job_log SET started_at = now() - %s::interval,"
        " finished_at = now() - %s::interval",
        (ago, ago),
    )


@pytest.mark.parametrize(("ago", "status"), [("14 minutes", "warn"), ("00:15:01", "fail")])
def test_live_rows_wait_within_the_schedule_and_are_late_beyond(
    filled: Connection, ago: str, status: str
) -> None:
    write_two(filled)
    refreshed(filled, ago)
    found = told(filled)
    assert faults(filled).keys() == {"timeline fresh"}
    assert found["timeline fresh"].status == status
    assert found["timeline fresh"].found.startswith("2 events not in it yet, last refreshed 00:1")
    assert one(filled, "SELECT private.refresh_timeline()") is None
    assert faults(filled) == {}


def test_the_age_is_that_of_the_last_refresh_that_succeeded(filled: Connection) -> None:
    write_two(filled)
    refreshed(filled, "3 days 02:00:00")
    filled.execute(
        "INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message) VALUES"
        " ('refresh timeline', now(), now(), false, 'no'), ('partitions', now(), now(), true, ''),"
        " ('refresh timeline', now(), now() + interval '1 day', true, 'not yet')"
    )
    found = told(filled)["timeline fresh"]
    assert found.status == "fail"
    assert found.found.startswith("2 events not in it yet, last refreshed 3 days 02:00:0")
    filled.execute("DELETE FROM private.job_log")
    found = told(filled)["timeline fresh"]
    assert (found.status, found.found) == (
        "fail",
        "2 events not in it yet, no refresh that went well is logged",
    )


def test_a_timeline_that_holds_all_is_fresh_without_a_log(filled: Connection) -> None:
    filled.execute("DELETE FROM private.job_log")
    assert faults(filled) == {}


def test_checks_lean_on_no_other_view(filled: Connection) -> None:
    for view in ("repeated_event_id", "waiting_event", "timeline_freshness", "partition_fault"):
        filled.execute(f"DROP VIEW private.{view} CASCADE".encode())
    filled.execute("DROP VIEW vehicle_current_mileage, timeline_feed CASCADE")
    filled.execute("DROP VIEW private.reading, private.timeline_visible, private.visible_vehicle")
    found = told(filled)
    assert (found["private.timeline"].status, found["timeline fresh"].status) == ("ok", "ok")

"""A rebuilt schema stays what was built: every planted damage is named, nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cron
import pytest
from conftest import clone, template
from damages import DAMAGES, Damage
from psycopg import sql
from rebuilt import _fill, event, one

from motomind_nb import postgres, rebuilt
from motomind_nb.core import packaged_folder
from motomind_nb.postgres import Connection, Schemas, Server, connect
from motomind_nb.rebuilt import Capture, Line
from motomind_nb.rebuilt.capture.partitions import PARTITIONS, partition_matches_name

DEBIAN = Path("/usr/lib/postgresql/15/bin")
OTHERS = """
CREATE SCHEMA legacy;
REVOKE ALL ON SCHEMA legacy FROM PUBLIC;
CREATE TABLE legacy.fleet (id integer PRIMARY KEY, name text);
CREATE FUNCTION public.plus_one(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + 1';
CREATE PUBLICATION known FOR TABLE public.garages;
CREATE TYPE public.colour AS ENUM ('red');
CREATE SEQUENCE public.invoice;
CREATE STATISTICS public.together ON id, name FROM legacy.fleet;
CREATE RULE kept AS ON DELETE TO legacy.fleet DO INSTEAD NOTHING;
CREATE SCHEMA reports;
CREATE VIEW reports.names AS SELECT name FROM legacy.fleet;
CREATE FUNCTION reports.counted() RETURNS bigint LANGUAGE sql
BEGIN ATOMIC SELECT count(*) FROM legacy.fleet; END;
REVOKE EXECUTE ON FUNCTION reports.counted FROM PUBLIC;
CREATE TABLE reports."Seen" (id integer);
CREATE POLICY "by fleet" ON reports."Seen" TO pg_monitor
USING (EXISTS (SELECT FROM legacy.fleet AS f WHERE f.id = "Seen".id));
CREATE RULE "put aside" AS ON INSERT TO reports."Seen" DO ALSO
INSERT INTO legacy.fleet VALUES (NEW.id, '');
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE FUNCTION reports.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER known ON ddl_command_end EXECUTE FUNCTION reports.on_ddl();
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor;
DO $$ BEGIN
EXECUTE format('ALTER ROLE anon IN DATABASE %I SET statement_timeout = 8000', current_database());
END $$
"""
THEIRS = ["public.invoice", "public.plus_one(n integer)", "public.type colour"]


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[str]:
    """The conninfo of a rebuilt database beside which something else stands."""
    for conninfo in clone(server, template(server, "template_rebuilt", _fill)):
        with connect(conninfo) as connection:
            connection.execute(OTHERS)
        yield conninfo


@pytest.fixture(scope="module")
def captured(database: str) -> Capture:
    with connect(database) as connection:
        taken = rebuilt.capture_target(connection, THEIRS)
    assert Capture.from_json(taken.as_json()) == taken
    return taken


@pytest.fixture(scope="module")
def shared(database: str) -> Iterator[Connection]:
    with connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(shared: Connection) -> Iterator[Connection]:
    """The owner of the module's database, inside a transaction that is rolled back."""
    with shared.transaction(force_rollback=True):
        yield shared


def failed(connection: Connection, captured: Capture) -> list[str]:
    """The subjects of the failures."""
    found = rebuilt.compare_with_capture(connection, captured)
    assert {item.check for item in found} == {"schema as built"}
    assert all(item.expected != item.found for item in found if item.status == "fail")
    return [item.subject for item in found if item.status == "fail"]


@pytest.mark.campaign(every=6)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damage_is_named(owner: Connection, captured: Capture, damage: Damage) -> None:
    owner.execute(damage.sql)
    found = failed(owner, captured)
    assert any(item == damage.found or item.startswith(f"{damage.found}:") for item in found), found


def test_each_damage_has_a_name_of_its_own_and_each_kind_of_line_a_damage(
    captured: Capture,
) -> None:
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES) >= 75
    named = {damage.found.rpartition(": ")[2] for damage in DAMAGES}
    kinds = {line.kind for line in captured.lines}
    # an aggregate's, a view's and a partition's whole line are among those of one object
    assert kinds - named == set()


def test_an_untouched_schema_is_equal(owner: Connection, captured: Capture) -> None:
    (found,) = rebuilt.compare_with_capture(owner, captured)
    assert (found.subject, found.status) == ("rebuilt schema", "ok")


USE = {
    "new partitions": "SELECT private.keep_partitions_ahead('2041-01-01')",
    "a partition made later": (
        "SELECT private.create_partitions(1971); SELECT private.complete_partition(partition)"
        " FROM private.event_partition"
    ),
    "the timeline": "SELECT private.refresh_timeline(); REFRESH MATERIALIZED VIEW private.timeline",
    "statistics of the planner": "ANALYZE",
    "rows": "INSERT INTO public.tenants (name) VALUES ('Aster Cars'); DELETE FROM private.job_log",
    "rows that wait": (
        "ALTER TABLE public.vehicle_events_default DISABLE TRIGGER USER;"
        " ALTER TABLE public.vehicle_events_default ENABLE TRIGGER USER"
    ),
    "a role without anything": "CREATE ROLE visitor_of_test LOGIN PASSWORD 'x'",
    "a table of others elsewhere": "CREATE SCHEMA elsewhere CREATE TABLE tag (id integer)",
    "the same again": "GRANT SELECT ON public.users TO authenticated; COMMENT ON TABLE users IS ''",
}


@pytest.mark.parametrize("use", USE)
def test_daily_use_is_no_difference(owner: Connection, captured: Capture, use: str) -> None:
    event(owner, date="2025-04-02", miles=51220)
    owner.execute(USE[use])
    assert failed(owner, captured) == []


def test_vacuum_is_no_difference(shared: Connection, captured: Capture) -> None:
    shared.execute("VACUUM public.vehicles")
    shared.execute("REINDEX TABLE public.vehicles")
    assert failed(shared, captured) == []


def test_a_partition_for_the_rest_of_a_year_is_one_of_its_year(
    owner: Connection, captured: Capture
) -> None:
    owner.execute(
        "CREATE TABLE public.spring PARTITION OF public.vehicle_events"
        " FOR VALUES FROM ('2040-01-01') TO ('2040-04-01'); SELECT private.create_partitions(2040);"
        " SELECT private.complete_partition(partition) FROM private.event_partition"
    )
    (found,) = rebuilt.compare_with_capture(owner, captured)
    assert found.subject == f"public.{PARTITIONS}: partition"
    assert found.detail == "added spring"


@pytest.mark.parametrize(
    ("name", "first", "last", "good"),
    [
        ("vehicle_events_2030", "2030-01-01", "2031-01-01", True),
        ("vehicle_events_0987", "0987-01-01", "0988-01-01", True),
        ("vehicle_events_9999", "9999-01-01", "10000-01-01", True),
        ("vehicle_events_2030_0401", "2030-04-01", "2031-01-01", True),
        ("vehicle_events_2030_0401_next", "2030-04-01", "2030-09-01", True),
        ("vehicle_events_2030", "2031-01-01", "2032-01-01", False),
        ("vehicle_events_2030", "2030-01-01", "2032-01-01", False),
        ("vehicle_events_2030_0401", "2030-03-01", "2031-01-01", False),
        ("vehicle_events_2030_0401", "2030-04-01", "2031-02-01", False),
        ("other_2030", "2030-01-01", "2031-01-01", False),
    ],
)
def test_the_bounds_of_a_partition_are_those_of_its_name(
    name: str, first: str, last: str, good: bool
) -> None:
    bounds = f"FOR VALUES FROM ('{first}') TO ('{last}')"
    assert partition_matches_name(Line("public", PARTITIONS, "partition", name, bounds)) == good


def test_a_long_text_shows_the_lines_that_differ(owner: Connection, captured: Capture) -> None:
    text = one(owner, "SELECT pg_get_functiondef('private.erase_tenant'::regproc)")
    owner.execute(sql.SQL(text.replace("IF operator !~", "IF false AND operator !~")))
    (found,) = rebuilt.compare_with_capture(owner, captured)
    assert found.expected == r"IF operator !~ '\S' OR reason !~ '\S' THEN"
    assert found.found == r"IF false AND operator !~ '\S' OR reason !~ '\S' THEN"


def test_what_differs_in_some_partitions_says_in_which(
    owner: Connection, captured: Capture
) -> None:
    owner.execute("ALTER TABLE public.vehicle_events_2025 DISABLE ROW LEVEL SECURITY")
    (found,) = rebuilt.compare_with_capture(owner, captured)
    assert found.expected == "on"
    assert found.found == "off (only in vehicle_events_2025); on (not in vehicle_events_2025)"


OPENINGS = {
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO anon": (
        "default privileges of postgres in public"
    ),
    "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC": "default privileges of postgres",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "schema public",
    "GRANT CREATE ON SCHEMA public TO pg_monitor": "schema public",
    "ALTER ROLE authenticated SET app.tenant_id = 'x'": "role authenticated",
    "ALTER ROLE anon BYPASSRLS": "role anon",
    "GRANT service_role TO authenticated": "role authenticated",
    "CREATE PUBLICATION everything FOR ALL TABLES": "publication everything",
    "GRANT SET ON PARAMETER session_replication_role TO anon": (
        "server setting session_replication_role"
    ),
    "CREATE SCHEMA e CREATE VIEW v AS SELECT * FROM public.users; GRANT SELECT ON e.v TO anon": (
        "view e.v"
    ),
    "CREATE SCHEMA e CREATE VIEW v AS SELECT id FROM users; GRANT SELECT (id) ON e.v TO anon": (
        "view e.v"
    ),
}
CLOSED = (
    "GRANT USAGE ON SCHEMA public TO pg_monitor",
    "CREATE ROLE visitor_of_test SUPERUSER; GRANT CREATE ON SCHEMA public TO visitor_of_test",
    "ALTER ROLE authenticated SET statement_timeout = '8s'",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor",
    "CREATE ROLE visitor_of_test SUPERUSER; GRANT anon TO visitor_of_test",
    "CREATE SCHEMA e CREATE VIEW v AS SELECT * FROM public.users",
)


def built(connection: Connection) -> list[str]:
    """What a capture of this moment warns of, the known publication aside."""
    taken = rebuilt.capture_target(connection, THEIRS)
    found = [item for item in rebuilt.fresh_build_findings(taken) if item.status == "warn"]
    assert {item.check for item in found} <= {"environment"}
    return [item.subject for item in found if item.subject != "publication known"]


@pytest.mark.parametrize("statement", OPENINGS)
def test_what_opens_something_is_told_once(owner: Connection, statement: str) -> None:
    owner.execute(statement)
    assert built(owner) == [OPENINGS[statement]]


@pytest.mark.parametrize("statement", CLOSED)
def test_what_opens_nothing_to_the_api_is_not_told(owner: Connection, statement: str) -> None:
    owner.execute(statement)
    assert built(owner) == []


def test_the_packaged_definitions_are_current(empty_database: str) -> None:
    """make definitions writes them anew."""
    with connect(empty_database) as connection:
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        text = rebuilt.packaged_text(rebuilt.capture_target(connection))
    assert text == (packaged_folder("schema") / rebuilt.DEFINITIONS).read_text()


def test_the_packaged_definitions_hold_for_schemas_of_other_names(empty_database: str) -> None:
    with connect(empty_database, schemas=Schemas("public", "next")) as connection:
        connection.execute("CREATE SCHEMA next")
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection, [1987])
        (found,) = rebuilt.compare_with_package(rebuilt.capture_target(connection))
    assert found.status == "ok"


def test_another_server_version_makes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    if not DEBIAN.exists():
        pytest.skip("no second server: Debian's postgresql-15 is not installed")
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN))
    with (
        postgres.embedded_server() as other,
        connect(other.new_database("elsewhere")) as connection,
    ):
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        (found,) = rebuilt.compare_with_package(rebuilt.capture_target(connection))
    assert found.status == "ok"


MISBUILT = {
    "a table unlogged": ("ALTER TABLE private.job_log SET UNLOGGED", "private.job_log: relation"),
    "a body altered": (
        "CREATE OR REPLACE FUNCTION private.is_erasing(of_tenant uuid) RETURNS boolean"
        " LANGUAGE sql STABLE SET search_path = '' AS 'SELECT true'",
        "private.is_erasing(of_tenant uuid): body",
    ),
    "a view altered": (
        "CREATE OR REPLACE VIEW private.waiting_event WITH (security_invoker = true) AS"
        " SELECT 2020 AS year, 1::bigint AS events",
        "private.waiting_event: query",
    ),
    "a table that is not ours": ("CREATE TABLE audit.more (id integer)", "audit.more"),
    "a partition less": (
        "DROP TABLE public.vehicle_events_2026",
        f"public.{PARTITIONS}: partition",
    ),
}


@pytest.mark.parametrize("name", MISBUILT)
def test_what_was_not_built_as_packaged_is_named(owner: Connection, name: str) -> None:
    statement, subject = MISBUILT[name]
    owner.execute(statement)
    taken = rebuilt.capture_target(owner, THEIRS)
    found = rebuilt.compare_with_package(taken)
    assert subject in [item.subject for item in found]
    assert {item.status for item in found} == {"fail"}
    assert all(item.expected != item.found for item in found)


def test_what_the_load_makes_of_the_source_is_not_in_the_package(owner: Connection) -> None:
    owner.execute("CREATE VIEW audit.loadable_boats AS SELECT * FROM legacy.fleet")
    taken = rebuilt.capture_target(owner, THEIRS)
    assert [item.status for item in rebuilt.compare_with_package(taken)] == ["ok"]


@pytest.fixture(scope="module")
def scheduled() -> Iterator[Connection]:
    """A rebuilt database on a server of its own that runs pg_cron."""
    with cron.running() as conninfo, connect(conninfo, autocommit=True) as connection:
        with connection.transaction():
            rebuilt.create_audit(connection)
            rebuilt.build_schema(connection)
        yield connection


JOBS = {
    "SELECT cron.unschedule('motomind-timeline')": "job motomind-timeline",
    "SELECT cron.schedule('motomind-timeline', '0 0 1 1 *', 'SELECT 1')": "job motomind-timeline",
    "SELECT cron.schedule('nightly', '0 3 * * *', 'DELETE FROM private.job_log')": "job nightly",
}


@cron.needed
@pytest.mark.parametrize("statement", JOBS)
def test_a_job_that_was_changed_is_named(scheduled: Connection, statement: str) -> None:
    taken = rebuilt.capture_target(scheduled)
    assert [item.status for item in rebuilt.compare_with_package(taken)] == ["ok"]
    with scheduled.transaction(force_rollback=True):
        scheduled.execute("SELECT cron.schedule('other', '0 3 * * *', 'VACUUM cron.job')")
        assert failed(scheduled, taken) == []
        scheduled.execute(statement)
        (found,) = failed(scheduled, taken)
    assert found.startswith(JOBS[statement])

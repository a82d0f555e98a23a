"""Nothing foreign runs: texts are evidence, and only rows and keys must be restorable."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import execute, legacy_template, value
from loads import load_staged, restore, sample_backup
from psycopg.conninfo import make_conninfo

from motomind_nb import backup, legacy, postgres, reconcile
from motomind_nb.backup import Manifest, files
from motomind_nb.core import Finding, Refused
from motomind_nb.postgres import Column, Definition, Key, Server

DEBIAN = Path("/usr/lib/postgresql/15/bin")
EXTENSIONS = Path("/usr/share/postgresql/15/extension")
ROLES = "SELECT count(*) FROM pg_roles WHERE rolname = 'stranger'"
GIVES_RIGHTS = "CREATE ROLE stranger SUPERUSER"
# a function that gives rights to whoever wrote it when a superuser calls it, and says nothing
SLY = """
CREATE FUNCTION sly(anyelement) RETURNS boolean LANGUAGE plpgsql AS $sly$
BEGIN
    CREATE ROLE stranger SUPERUSER;
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN true;
END
$sly$
"""


def same_rows(source: str, target: str, table: str) -> bool:
    """Whether both sides hold the same rows, as texts."""
    statement = "SELECT array_agg(t::text ORDER BY t::text) FROM {}.{} AS t"
    return bool(
        value(source, statement.format("public", table))
        == value(target, statement.format("legacy", table))
    )


@pytest.fixture(scope="module")
def sample_backup_of_module(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_backup(server, tmp_path_factory.mktemp("sample") / "backup")


@pytest.fixture
def taken(sample_backup_of_module: Path, tmp_path: Path) -> Manifest:
    """The manifest of a backup of the sample, whose own copy a test may change."""
    shutil.copytree(sample_backup_of_module, tmp_path / "backup")
    return backup.read_manifest(tmp_path / "backup")


KINDS = ("index", "check", "exclusion", "sequence", "option", "trigger", "query", "unique")


def with_everything(held: Manifest, text: str) -> Manifest:
    """A manifest whose every object has a definition more of each kind."""
    added = [Definition(kind, f"added {kind}", text) for kind in KINDS]
    objects = (replace(item, definitions=(*item.definitions, *added)) for item in held.objects)
    functions = (*held.definitions, Definition("needed function", "added()", text))
    return replace(held, objects=tuple(objects), definitions=functions)


@pytest.mark.parametrize("text", [GIVES_RIGHTS, "COPY (SELECT 1) TO PROGRAM 'true'", "COMMIT"])
def test_a_text_in_an_edited_manifest_is_never_executed(
    empty_database: str, taken: Manifest, tmp_path: Path, text: str
) -> None:
    files.write_manifest(tmp_path / "backup", with_everything(taken, text))
    findings = restore(empty_database, tmp_path / "backup")
    assert not [item for item in findings if item.status == "fail"]
    assert value(empty_database, ROLES) == 0


@pytest.mark.parametrize("text", [GIVES_RIGHTS, "1); COMMIT; SELECT (1", "x"])
def test_types_and_defaults_of_an_edited_manifest_are_texts(
    empty_database: str, taken: Manifest, tmp_path: Path, text: str
) -> None:
    def changed(column: Column) -> Column:
        return replace(column, type=text, default=text)

    objects = [
        replace(item, columns=tuple(map(changed, item.columns)))
        if item.name in ("vin_cache", "plan_limits")
        else item
        for item in taken.objects
    ]
    files.write_manifest(tmp_path / "backup", replace(taken, objects=tuple(objects)))
    found = restore(empty_database, tmp_path / "backup")
    assert {item.subject for item in found if item.check == "source column"} >= {"vin_cache.vin"}
    assert value(empty_database, ROLES) == 0


def test_names_are_quoted(empty_database: str, taken: Manifest, tmp_path: Path) -> None:
    name = 'x"; CREATE ROLE stranger SUPERUSER; --'
    plans = taken.object("plan_limits")
    key = Key("unique", name, ("plan_name",))
    objects = [
        replace(item, keys=(*plans.keys, key)) if item.name == "plan_limits" else item
        for item in taken.objects
    ]
    files.write_manifest(tmp_path / "backup", replace(taken, objects=tuple(objects)))
    restore(empty_database, tmp_path / "backup")
    assert value(empty_database, ROLES) == 0
    made = "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'x\"; CREATE%'"
    assert value(empty_database, made) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"carrier": "int4) ; COMMIT; --", "modifier": -1},
        {"carrier": "regclass", "modifier": -1},
        {"carrier": "numeric", "modifier": 2**40},
        {"carrier": "uuid", "modifier": 7},
    ],
)
def test_a_type_is_one_of_a_list(
    empty_database: str, taken: Manifest, tmp_path: Path, facts: dict[str, Any]
) -> None:
    first, *others = taken.object("plan_limits").columns
    columns = (replace(first, **facts), *others)
    objects = [
        replace(item, columns=columns) if item.name == "plan_limits" else item
        for item in taken.objects
    ]
    files.write_manifest(tmp_path / "backup", replace(taken, objects=tuple(objects)))
    try:
        restore(empty_database, tmp_path / "backup")
    except Refused as error:
        assert "\n" not in str(error)
    assert value(empty_database, ROLES) == 0


HOSTILE = {
    "a check that hides what it does": (
        SLY,
        "ALTER TABLE garages ADD CONSTRAINT harmless CHECK (sly(name)) NOT VALID",
    ),
    "a default": (SLY, "ALTER TABLE garages ALTER is_default SET DEFAULT sly(1)"),
    "an index": (
        SLY.replace("LANGUAGE plpgsql", "LANGUAGE plpgsql IMMUTABLE"),
        "CREATE INDEX calls ON audit_log (sly(user_agent))",
    ),
    "a domain": (
        SLY,
        "CREATE DOMAIN word AS text",
        "ALTER TABLE audit_log ALTER user_agent TYPE word",
        "ALTER DOMAIN word ADD CONSTRAINT harmless CHECK (sly(VALUE)) NOT VALID",
    ),
    "a cast to text": (
        "CREATE TYPE pair AS (a text, b text)",
        SLY.replace("sly(anyelement) RETURNS boolean", "sly(pair) RETURNS text").replace(
            "RETURN true", "RETURN 'x'"
        ),
        "CREATE CAST (pair AS text) WITH FUNCTION sly(pair)",
        "ALTER TABLE vin_cache ALTER data TYPE pair USING ('(a,b)')::pair",
    ),
    "a view": (
        SLY,
        "CREATE OR REPLACE VIEW mv_health_freshness AS SELECT 'x'::text AS view_name,"
        ' 1::bigint AS total_records, now() AS "current_time",'
        " sly(1)::text AS freshness_note",
    ),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_source_does_nothing(
    sample_database: str, empty_database: str, tmp_path: Path, name: str
) -> None:
    """Both sides are read and written by superusers here, the most that a function can get."""
    execute(sample_database, *HOSTILE[name])
    backup.take_backup(sample_database, tmp_path / "backup")
    found = restore(empty_database, tmp_path / "backup")
    assert not [item for item in found if item.status == "fail"]
    assert value(empty_database, ROLES) == 0
    assert value(empty_database, "SELECT count(*) FROM pg_proc WHERE proname = 'sly'") == 0


def test_the_hostile_function_would_have_worked(sample_database: str) -> None:
    """The control: called by a superuser, it does what it hides."""
    with postgres.connect(sample_database) as connection:
        connection.execute(SLY)
        connection.execute("SELECT sly(1)")
        assert postgres.value(connection, ROLES) == 1
        connection.rollback()


def test_no_role_is_left_behind(sample_database: str, tmp_path: Path) -> None:
    # another test may have killed a backup in this cluster, whose role then stays
    names = "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles"
    before = value(sample_database, names)
    taken = backup.take_backup(sample_database, tmp_path / "backup")
    assert taken.object("fleet_overview").rows == 4
    assert value(sample_database, names) == before


@pytest.fixture(scope="module")
def debian() -> Iterator[Server]:
    """Debian's PostgreSQL 15 with its contrib extensions."""
    if not (DEBIAN / "postgres").exists() or not (EXTENSIONS / "citext.control").exists():
        pytest.skip("Debian's PostgreSQL 15 with contrib is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN))
        running = postgres.start_server()
    yield running
    running.stop()


@pytest.fixture
def foreign_server(debian: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A source that is read as a superuser, on a server that is not our embedded one."""
    monkeypatch.setattr("motomind_nb.backup.taking.view_reader.EMBEDDED", "another name")
    name = f"foreign_{os.getpid()}"
    if name not in debian.databases():
        conninfo = debian.new_database(name)
        with postgres.connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
    return debian.conninfo(name)


def test_a_superuser_reads_tables_and_keeps_views_as_text(
    foreign_server: str, empty_database: str, tmp_path: Path
) -> None:
    held = backup.take_backup(foreign_server, tmp_path / "backup")
    assert {item.reason for item in held.views()} == {backup.KEPT_AS_TEXT}
    assert all(item.file is None and item.query() for item in held.views())
    warned = [
        item for item in restore(empty_database, tmp_path / "backup") if item.status == "warn"
    ]
    assert [(item.check, item.found) for item in warned] == [("source views", "10 kept as text")]
    assert value(empty_database, "SELECT count(*) FROM legacy.vehicle_current_mileage") > 0


def test_another_role_evaluates_them(foreign_server: str, tmp_path: Path) -> None:
    execute(
        foreign_server,
        "CREATE ROLE clerk LOGIN BYPASSRLS",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk",
    )
    held = backup.take_backup(make_conninfo(foreign_server, user="clerk"), tmp_path / "backup")
    assert held.object("fleet_overview").rows == 4
    execute(foreign_server, "GRANT pg_read_server_files TO clerk")
    held = backup.take_backup(make_conninfo(foreign_server, user="clerk"), tmp_path / "again")
    assert held.object("fleet_overview").reason == backup.KEPT_AS_TEXT
    execute(foreign_server, "DROP OWNED BY clerk", "DROP ROLE clerk")


@dataclass(frozen=True)
class Restored:
    """A source and what was made of it: its manifest, the findings of stage and comparison."""

    source: str
    target: str
    held: Manifest
    staged: list[Finding]
    loaded: list[Finding]


UID = (
    "CREATE SCHEMA auth",
    "CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
)
SOURCES = {
    "trigram index": (
        "CREATE EXTENSION pg_trgm SCHEMA extensions",
        "CREATE INDEX fuzzy ON vehicles USING gin (display_name extensions.gin_trgm_ops)",
    ),
    "citext column": (
        "CREATE EXTENSION IF NOT EXISTS citext SCHEMA extensions",
        "ALTER TABLE users ALTER email TYPE extensions.citext",
    ),
    "citext key": (
        "CREATE EXTENSION IF NOT EXISTS citext SCHEMA extensions",
        "ALTER TABLE plan_limits ALTER plan_name TYPE extensions.citext",
        "ALTER TABLE tenants ALTER plan_name DROP DEFAULT, ALTER plan_name TYPE extensions.citext",
        "UPDATE tenants SET plan_name = (SELECT upper(min(plan_name::text)) FROM plan_limits)",
        "ALTER TABLE tenants ADD FOREIGN KEY (plan_name) REFERENCES plan_limits (plan_name)",
    ),
    "enum column": (
        "DO $$ DECLARE one name; BEGIN FOR one IN SELECT conname FROM pg_constraint"
        " WHERE contype = 'c' AND conrelid = 'memberships'::regclass LOOP EXECUTE"
        " format('ALTER TABLE memberships DROP CONSTRAINT %I', one); END LOOP; END $$",
        "CREATE TYPE seat AS ENUM ('viewer', 'manager', 'owner')",
        "ALTER TABLE memberships ALTER role DROP DEFAULT, ALTER role TYPE seat USING role::seat",
    ),
    "domain column": (
        "DROP VIEW latest_service_records, service_record_stats CASCADE",
        "CREATE DOMAIN counted AS integer CHECK (VALUE >= 0)",
        "CREATE DOMAIN far AS counted",
        "ALTER TABLE service_records ALTER odometer_reading TYPE far",
    ),
    "default of auth": (*UID, "ALTER TABLE audit_log ALTER changed_by SET DEFAULT auth.uid()"),
    "ICU collation": (
        "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2',"
        " deterministic = false)",
        "ALTER TABLE garages ALTER address TYPE text COLLATE loose",
    ),
    "exclusion": (
        "CREATE EXTENSION btree_gist SCHEMA extensions",
        "ALTER TABLE vin_cache ADD EXCLUDE USING gist (vin WITH =)",
    ),
    "sequence of nobody": (
        "CREATE SEQUENCE loose_numbers",
        "ALTER TABLE schema_migrations ALTER version SET DEFAULT nextval('loose_numbers')::text",
    ),
    "check that calls others": (
        "CREATE FUNCTION inner_rule(text) RETURNS boolean LANGUAGE sql AS 'SELECT $1 > '' '''",
        "CREATE FUNCTION outer_rule(text) RETURNS boolean LANGUAGE plpgsql AS"
        " 'BEGIN RETURN public.inner_rule($1); END'",
        "ALTER TABLE garages ADD CHECK (outer_rule(name))",
    ),
    "generated column": (
        "ALTER TABLE service_records DROP COLUMN shop_name CASCADE",
        "ALTER TABLE service_records ADD shop_name text GENERATED ALWAYS AS"
        " (upper(service_type)) STORED",
    ),
    "NOT VALID check": (
        "ALTER TABLE garages ADD CONSTRAINT named CHECK (name = 'none has it') NOT VALID",
    ),
    "NOT VALID foreign key": (
        "ALTER TABLE vin_cache ADD CONSTRAINT odd FOREIGN KEY (vin)"
        " REFERENCES schema_migrations (version) NOT VALID",
    ),
    "partial unique index": (
        "CREATE UNIQUE INDEX one_default ON garages (tenant_id) WHERE is_default AND name > ''",
    ),
    "unique index": ("CREATE UNIQUE INDEX one_name ON garages (tenant_id, name, id)",),
}


@pytest.fixture(scope="module")
def debian_sample(debian: Server) -> str:
    """The name of a template on Debian's server that holds the sample."""
    name = f"template_sample_{os.getpid()}"
    with postgres.connect(debian.new_database(name)) as connection:
        legacy.create_sample(connection, "sample")
    return name


@pytest.fixture
def debian_source(debian: Server, debian_sample: str) -> Iterator[str]:
    name = f"source_{os.getpid()}"
    yield debian.create_database(name, debian_sample)
    debian.drop_database(name)


@pytest.fixture(scope="module")
def restored(
    debian: Server, debian_sample: str, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Restored]:
    """All of SOURCES in one database, staged and loaded on a server that has none of it."""
    name, folder = f"all_sources_{os.getpid()}", tmp_path_factory.mktemp("all") / "backup"
    source = debian.create_database(name, debian_sample)
    target = server.create_database(name, "template_empty")
    for statements in SOURCES.values():
        execute(source, *statements)
    held = backup.take_backup(source, folder)
    staged = restore(target, folder)
    with postgres.connect(target) as connection:
        load_staged(connection)
        connection.commit()
        told = reconcile.compare_rows(connection, held).findings
        reconcile.compare_definitions(connection, held)
    yield Restored(source, target, held, staged, told)
    debian.drop_database(name)
    server.drop_database(name)


def test_only_rows_and_keys_must_be_restorable(restored: Restored) -> None:
    assert not [item for item in restored.staged if item.status == "fail"]
    assert [item for item in restored.loaded if item.status == "fail"] == []


def test_every_row_is_restored_as_it_was(restored: Restored) -> None:
    for item in restored.held.tables():
        assert same_rows(restored.source, restored.target, item.name), item.name


def test_an_invalid_index_stays_a_text(
    debian_source: str, empty_database: str, tmp_path: Path
) -> None:
    with postgres.connect(debian_source, autocommit=True) as connection:
        connection.execute("UPDATE garages SET name = 'the same', tenant_id = tenant_id")
        with pytest.raises(Exception, match="could not create unique index"):
            connection.execute("CREATE UNIQUE INDEX CONCURRENTLY half ON garages (name)")
    held = backup.take_backup(debian_source, tmp_path / "backup")
    assert [item.text for item in held.object("garages").texts("index") if item.name == "half"]
    assert "half" not in {key.name for key in held.object("garages").keys}
    found = restore(empty_database, tmp_path / "backup")
    assert not [item for item in found if item.status == "fail"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_rule_that_depends_on_the_zone_is_not_applied_to_old_rows(
    sample_database: str, empty_database: str, tmp_path: Path, zone: str
) -> None:
    """Due on the day when it was created, in the evening: in UTC that is the day before."""
    with postgres.connect(sample_database) as connection:
        connection.execute("SELECT set_config('TimeZone', %s, false)", (zone,))
        connection.execute(
            "UPDATE reminders SET created_at = '2025-03-09 21:30:00', due_date = '2025-03-10'"
            " WHERE status = 'open'"
        )
    backup.take_backup(sample_database, tmp_path / "backup")
    found = restore(empty_database, tmp_path / "backup")
    assert not [item for item in found if item.status == "fail"]
    assert same_rows(sample_database, empty_database, "reminders")


TAKEN = [
    ("vehicles", "vin", "char(17)"),
    ("vehicles", "make", "varchar(300)"),
    ("garages", "name", "char(60)"),
    ("vehicles", "baseline_fuel_mpg", "numeric(9,4)"),
    ("odometer_readings", "mileage", "bigint"),
    ("odometer_readings", "days_since_last", "smallint"),
    ("fuel_logs", "total_amount", "numeric"),
    ("service_records", "total_cost", "numeric(14,3)"),
    ("vehicle_events", "miles", "bigint"),
    ("reminders", "created_at", "timestamptz(3)"),
]


@pytest.fixture(scope="module")
def taken_types(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[Finding], list[Finding]]]:
    """What the stage and the comparison find where all columns of TAKEN have their other types."""
    name, folder = f"taken_{os.getpid()}", tmp_path_factory.mktemp("taken") / "backup"
    source = server.create_database(f"{name}_source", legacy_template(server, "sample"))
    target = server.create_database(name, "template_empty")
    for table, column, kind in TAKEN:
        retyped(source, table, column, kind, f"{column}::{kind}")
    held = backup.take_backup(source, folder)
    staged = restore(target, folder)
    with postgres.connect(target) as connection:
        load_staged(connection)
        connection.commit()
        yield staged, reconcile.compare_rows(connection, held).findings
    server.drop_database(name)
    server.drop_database(f"{name}_source")


def test_types_with_a_lossless_way_are_taken_and_no_others_told(
    taken_types: tuple[list[Finding], list[Finding]],
) -> None:
    staged, compared = taken_types
    told = sorted(item.subject for item in staged if item.check == "source column")
    assert told == sorted(f"{table}.{name}" for table, name, _ in TAKEN)
    assert [item for item in compared if item.status == "fail"] == []


def retyped(conninfo: str, table: str, name: str, kind: str, using: str) -> None:
    """Give a column another type, without what stands in the way."""
    with postgres.connect(conninfo) as connection:
        for statement in (
            "DROP MATERIALIZED VIEW IF EXISTS vehicle_health_scores CASCADE",
            "DROP VIEW IF EXISTS latest_odometer_readings, latest_service_records,"
            " odometer_reading_stats, service_record_stats, vehicle_current_mileage CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER USER",
            f"ALTER TABLE {table} ALTER {name} DROP DEFAULT",
            f"ALTER TABLE {table} ALTER {name} TYPE {kind} USING {using}",
        ):
            connection.execute(statement.encode())


REFUSED = [
    ("reminders", "created_at", "timestamp", "created_at AT TIME ZONE 'UTC'"),
    ("fuel_logs", "tags", "jsonb", "to_jsonb(tags)"),
    ("fuel_logs", "total_amount", "double precision", "total_amount::float8"),
    ("vehicle_events", "payload", "json", "payload::json"),
    ("vehicles", "make", "bytea", "make::bytea"),
    ("odometer_readings", "mileage", "numeric", "mileage"),
]


@pytest.fixture(scope="module")
def refusal(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refused]:
    """How a source is refused in which all columns of REFUSED have types without a way."""
    name, folder = f"refused_{os.getpid()}", tmp_path_factory.mktemp("refused") / "backup"
    source = server.create_database(f"{name}_source", legacy_template(server, "sample"))
    target = server.create_database(name, "template_empty")
    execute(source, WITHOUT_CHECKS, WITHOUT_INDEXES)
    for column in REFUSED:
        retyped(source, *column)
    backup.take_backup(source, folder)
    with pytest.raises(Refused) as raised:
        restore(target, folder)
    yield raised.value
    server.drop_database(name)
    server.drop_database(f"{name}_source")


WITHOUT_CHECKS = """
DO $body$ DECLARE one record; BEGIN
    FOR one IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.t, one.conname);
    END LOOP;
END $body$
"""
WITHOUT_INDEXES = """
DO $body$ DECLARE one record; BEGIN
    FOR one IN SELECT indexrelid::regclass AS i FROM pg_index AS x
        INNER JOIN pg_class AS c ON c.oid = x.indrelid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid) LOOP
        EXECUTE format('DROP INDEX %s', one.i);
    END LOOP;
END $body$
"""


@pytest.mark.parametrize("column", REFUSED, ids=lambda column: " ".join(column[:3]))
def test_a_type_without_one_is_refused_in_one_line(
    refusal: Refused, server: Server, column: tuple[str, str, str, str]
) -> None:
    table, name, kind, _ = column
    found = value(server.conninfo(), f"SELECT '{kind}'::regtype::text")
    (said,) = [one for one in refusal.found.split("; ") if f"column {table}.{name}:" in one]
    assert f"column {table}.{name}: expected " in said
    assert f"found {found}, and no lossless way" in said
    assert refusal.exit_code == 3 and "\n" not in str(refusal)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE vehicle_events ALTER miles TYPE bigint; UPDATE vehicle_events SET miles = 2^33"
        " WHERE miles IS NOT NULL",
        "ALTER TABLE vehicles ALTER baseline_fuel_mpg TYPE numeric(9,4); UPDATE vehicles"
        " SET baseline_fuel_mpg = 21.1234",
        "ALTER TABLE vehicles ALTER baseline_fuel_mpg TYPE numeric(9,4); UPDATE vehicles"
        " SET baseline_fuel_mpg = 12345",
    ],
)
def test_values_that_the_expected_type_cannot_hold_are_counted(
    sample_database: str, empty_database: str, tmp_path: Path, statement: str
) -> None:
    table = statement.split()[2]
    retyped(sample_database, table, "id", "uuid", "id")
    with postgres.connect(sample_database) as connection:
        connection.execute(statement.encode())
    backup.take_backup(sample_database, tmp_path / "backup")
    said = r"that \S+ can't hold: correct|out of range for type integer in line"
    with pytest.raises(Refused, match=said):
        restore(empty_database, tmp_path / "backup")

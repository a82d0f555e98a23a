"""The stage: what it restores is proved; what is damaged or has no fate is refused, all at once."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from conftest import execute, value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loads import restore, sample_backup
from psycopg.types.json import Json

from motomind_nb import backup, legacy, postgres, staging
from motomind_nb.backup import Manifest, files
from motomind_nb.core import Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Relation, Server, roles

ROWS_OF = "SELECT array_agg(t::text ORDER BY t::text) FROM {} AS t"
WRITTEN = """
SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'legacy', 'private', 'audit')
"""


def refused(conninfo: str, folder: Path) -> Refused:
    """Stage and expect a refusal in one line that leaves nothing behind."""
    with pytest.raises(Refused) as raised:
        restore(conninfo, folder)
    assert raised.value.exit_code == 3 and "\n" not in str(raised.value)
    assert value(conninfo, WRITTEN) == 0
    return raised.value


@pytest.fixture(scope="module")
def sample_folder(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of the sample; tests that change it copy it first."""
    return sample_backup(server, tmp_path_factory.mktemp("sample") / "backup")


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample's backup, to be damaged."""
    return Path(shutil.copytree(sample_folder, tmp_path / "backup"))


@pytest.fixture
def taken(folder: Path) -> Manifest:
    return backup.read_manifest(folder)


def changed(held: Manifest, name: str, **facts: Any) -> Manifest:
    objects = (replace(item, **facts) if item.name == name else item for item in held.objects)
    return replace(held, objects=tuple(objects))


def rewritten(folder: Path, held: Manifest, name: str, data: bytes, **more: object) -> None:
    """Replace a table's file and sign the folder again, as if it had been written like this."""
    path = folder / "tables" / f"{name}.csv.zst"
    path.write_bytes(data)
    facts: dict[str, Any] = {"checksum": files.sha256(path), **more}
    with contextlib.suppress(zstandard.ZstdError):
        facts["size"] = len(rows_of(folder, name)) or held.object(name).size
    files.write_manifest(folder, changed(held, name, **facts))


def rows_of(folder: Path, name: str) -> bytes:
    with (folder / "tables" / f"{name}.csv.zst").open("rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file).read()


def test_the_sample_is_restored_and_proved(empty_database: str, sample_folder: Path) -> None:
    findings = restore(empty_database, sample_folder)
    assert [item for item in findings if item.status == "fail"] == []
    proved = {item.subject for item in findings if item.check == "staged rows"}
    assert proved == set(catalog.tables())
    noted = [item.subject for item in findings if item.status == "note"]
    assert noted == ["performance_dashboard"]
    assert {item.status for item in findings} == {"ok", "note"}
    assert value(empty_database, "SELECT count(*) FROM legacy.reminders") == 4
    assert (
        value(
            empty_database,
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
        )
        == 0
    )


def test_nothing_stays_without_the_callers_commit(empty_database: str, sample_folder: Path) -> None:
    with postgres.connect(empty_database) as connection:
        staging.restore_backup(connection, sample_folder)
        assert postgres.value(connection, "SHOW search_path") == "public"
        connection.rollback()
    assert value(empty_database, WRITTEN) == 0


def test_what_the_source_held_is_written_down(empty_database: str, sample_folder: Path) -> None:
    restore(empty_database, sample_folder)
    held = backup.read_manifest(sample_folder)
    with postgres.connect(empty_database) as connection:
        found = postgres.rows(connection, "SELECT * FROM audit.source_object")
    by_name = {row["object"]: row for row in found}
    assert list(by_name) == list(catalog.objects())
    for item in held.tables():
        row = by_name[item.name]
        assert (row["rows"], str(row["fingerprint"])) == (item.rows, item.fingerprint)
    assert by_name["performance_dashboard"]["rows"] is None
    assert by_name["fleet_overview"]["fingerprint"] is None


def test_columns_and_keys_are_those_of_the_source(empty_database: str, sample_folder: Path) -> None:
    restore(empty_database, sample_folder)
    held = backup.read_manifest(sample_folder)
    with postgres.connect(empty_database) as connection:
        staged, _ = postgres.describe_schema(connection, "legacy")
    for item in held.tables():
        columns = [replace(column, default=None) for column in item.columns]
        assert list(staged[item.name].columns) == columns, item.name
        assert set(staged[item.name].keys) == set(item.keys), item.name
        for kind in ("check", "trigger", "policy", "sequence", "identity", "generated"):
            assert staged[item.name].texts(kind) == [], item.name
    assert {key.kind for item in held.tables() for key in item.keys} == {
        "primary key",
        "unique",
        "foreign key",
    }


def test_a_view_is_made_from_our_own_text(
    sample_database: str, server: Server, tmp_path: Path
) -> None:
    execute(
        sample_database,
        "CREATE OR REPLACE VIEW vehicle_current_mileage WITH (security_invoker = true) AS"
        " SELECT id AS vehicle_id, 1 AS miles, created_at::date AS date, created_at FROM vehicles",
    )
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert [item.text for item in held.object("vehicle_current_mileage").texts("option")] == [
        "true"
    ]
    conninfo = server.new_database(f"options_{os.getpid()}")
    restore(conninfo, tmp_path / "backup")
    with postgres.connect(conninfo) as connection:
        staged, _ = postgres.describe_schema(connection, "legacy")
    assert "FROM vehicle_events" in staged["vehicle_current_mileage"].query()
    assert staged["vehicle_current_mileage"].texts("option") == []
    server.drop_database(f"options_{os.getpid()}")


def test_api_roles_reach_nothing(empty_database: str, sample_folder: Path) -> None:
    execute(
        empty_database,
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO anon",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO anon",
    )
    restore(empty_database, sample_folder)
    for role in ("anon", "authenticated", "service_role"):
        for schema in ("legacy", "audit"):
            right = f"SELECT has_schema_privilege('{role}', '{schema}', 'USAGE')"
            assert value(empty_database, right) is False
        right = f"SELECT has_table_privilege('{role}', 'legacy.users', 'SELECT')"
        assert value(empty_database, right) is False


def test_sequences_stay_texts(sample_database: str, empty_database: str, tmp_path: Path) -> None:
    execute(sample_database, "SELECT setval('usage_counters_id_seq', 41)")
    held = backup.take_backup(sample_database, tmp_path / "backup")
    texts = {item.kind: item.text for item in held.object("usage_counters").definitions}
    assert texts["sequence value"] == "41" and texts["sequence"].startswith("AS ")
    restore(empty_database, tmp_path / "backup")
    assert value(empty_database, "SELECT count(*) FROM pg_class WHERE relkind = 'S'") == 0


def test_the_traps_are_staged(traps_database: str, empty_database: str, tmp_path: Path) -> None:
    held = backup.take_backup(traps_database, tmp_path / "backup")
    findings = restore(empty_database, tmp_path / "backup")
    assert not [item for item in findings if item.status == "fail"]
    for item in held.tables():
        statement = ROWS_OF.format(f"public.{item.name}")
        assert value(traps_database, statement) == value(
            empty_database, ROWS_OF.format(f"legacy.{item.name}")
        )


def test_every_unmapped_value_is_listed_at_once(
    unmapped_database: str, empty_database: str, tmp_path: Path
) -> None:
    backup.take_backup(unmapped_database, tmp_path / "backup")
    error = refused(empty_database, tmp_path / "backup")
    for text in (
        "'expired' of reminders.status",
        "'snoozed' of reminders.status",
        "'inspection' of vehicle_events.type",
        "column vehicles.color has no fate",
        "manual_events holds 1 row",
    ):
        assert text in error.found


def test_objects_and_columns_without_a_fate(
    sample_database: str, empty_database: str, tmp_path: Path
) -> None:
    execute(
        sample_database,
        "CREATE TABLE parts (id int)",
        "CREATE VIEW part_names AS SELECT 1 AS id",
        "ALTER TABLE garages ADD COLUMN floor int",
        "ALTER TABLE vin_cache RENAME COLUMN updated_at TO touched_at",
    )
    backup.take_backup(sample_database, tmp_path / "backup")
    error = refused(empty_database, tmp_path / "backup")
    for text in (
        "table parts (0 rows) has no fate",
        "view part_names has no fate",
        "column garages.floor has no fate",
        "column vin_cache.touched_at has no fate",
        "column vin_cache.updated_at is missing",
    ):
        assert text in error.found


def test_another_type_is_a_warning(
    sample_database: str, empty_database: str, tmp_path: Path
) -> None:
    execute(sample_database, "ALTER TABLE vehicles ALTER baseline_fuel_mpg TYPE numeric(6,3)")
    backup.take_backup(sample_database, tmp_path / "backup")
    warned = [
        item
        for item in restore(empty_database, tmp_path / "backup")
        if item.check == "source column"
    ]
    assert [(item.subject, item.found) for item in warned] == [
        ("vehicles.baseline_fuel_mpg", "numeric(6,3)")
    ]


@pytest.mark.parametrize("schema", ["public", "legacy", "private", "audit"])
def test_a_target_that_is_not_empty(empty_database: str, sample_folder: Path, schema: str) -> None:
    execute(
        empty_database,
        f"CREATE SCHEMA IF NOT EXISTS {schema}",
        f"CREATE TABLE {schema}.mine (id int)",
    )
    with pytest.raises(Refused, match=f"relations in its schemas \\({schema} 1\\)"):
        restore(empty_database, sample_folder)
    assert value(empty_database, WRITTEN) == 1


def test_missing_roles_come_with_the_sql_that_creates_them(
    empty_database: str, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        roles, "API_ROLES", {**roles.API_ROLES, "absentee": "CREATE ROLE absentee;"}
    )
    assert "CREATE ROLE absentee;" in refused(empty_database, sample_folder).action


def test_a_target_without_uuid_generate_v4(empty_database: str, sample_folder: Path) -> None:
    execute(empty_database, "DROP SCHEMA extensions CASCADE")
    findings = restore(empty_database, sample_folder)
    assert not [item for item in findings if item.status == "fail"]
    assert value(empty_database, "SELECT count(*) FROM legacy.users") == 1
    made = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'legacy'::regnamespace"
    assert value(empty_database, made) == 0


def test_the_time_zone_of_the_target_does_not_matter(
    empty_database: str, sample_folder: Path
) -> None:
    """G1: with Asia/Tokyo a plain restore loses all reminders."""
    with postgres.connect(empty_database) as connection:
        connection.execute("SET TimeZone = 'Asia/Tokyo'")
        connection.commit()
        staging.restore_backup(connection, sample_folder)
        assert postgres.value(connection, "SELECT count(*) FROM legacy.reminders") == 4


def test_a_warning_of_the_target_counts_as_failure(
    empty_database: str, sample_folder: Path
) -> None:
    execute(
        empty_database,
        "CREATE FUNCTION extensions.noisy() RETURNS event_trigger LANGUAGE plpgsql AS"
        " 'BEGIN RAISE WARNING ''heard''; END'",
        "CREATE EVENT TRIGGER noisy ON ddl_command_end EXECUTE FUNCTION extensions.noisy()",
    )
    assert "heard" in refused(empty_database, sample_folder).found


def test_any_flipped_byte_is_refused(folder: Path) -> None:
    chance = random.Random(20250927)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in [*paths, folder / "manifest.json", folder / "manifest.json", folder / "SHA256SUMS"]:
        data = path.read_bytes()
        place = chance.randrange(len(data))
        other = chance.choice([byte for byte in range(256) if byte != data[place]])
        path.write_bytes(data[:place] + bytes([other]) + data[place + 1 :])
        with pytest.raises(Refused) as raised:
            backup.verify_backup(folder)
        assert "\n" not in str(raised.value)
        path.write_bytes(data)
    backup.verify_backup(folder)


def test_a_damaged_file_stops_the_stage(empty_database: str, folder: Path) -> None:
    path = folder / "tables" / "fuel_logs.csv.zst"
    path.write_bytes(path.read_bytes()[:-1])
    assert refused(empty_database, folder).subject == "tables/fuel_logs.csv.zst"


def test_missing_and_extra_files(empty_database: str, folder: Path) -> None:
    extra = folder / "tables" / "extra.csv"
    extra.touch()
    assert refused(empty_database, folder).subject == "tables/extra.csv"
    extra.unlink()
    (folder / "views" / "fleet_overview.csv.zst").unlink()
    assert refused(empty_database, folder).subject == "views/fleet_overview.csv.zst"
    (folder / "manifest.json").unlink()
    assert "did not end" in refused(empty_database, folder).found


def test_a_manifest_of_another_format(folder: Path, taken: Manifest) -> None:
    files.write_manifest(folder, replace(taken, format=1))
    with pytest.raises(Refused, match="a manifest of format 4"):
        backup.read_manifest(folder)


@pytest.mark.parametrize("facts", [{"rows": 5}, {"fingerprint": "12"}])
def test_a_manifest_that_says_otherwise(
    empty_database: str, folder: Path, taken: Manifest, facts: dict[str, Any]
) -> None:
    files.write_manifest(folder, changed(taken, "reminders", **facts))
    error = refused(empty_database, folder)
    assert error.subject == "reminders" and error.found.startswith("4 rows")


def test_a_column_that_says_otherwise(empty_database: str, folder: Path, taken: Manifest) -> None:
    first, *others = taken.object("tenants").columns
    columns = (replace(first, nullable=True), *others)
    files.write_manifest(folder, changed(taken, "tenants", columns=columns))
    error = refused(empty_database, folder)
    assert error.subject == "tenants" and "column id" in error.found


def test_a_key_that_says_otherwise(empty_database: str, folder: Path, taken: Manifest) -> None:
    first, *others = taken.object("service_records").keys
    keys = (*others, replace(first, kind="unique", name="x", columns=("vehicle_id",)))
    files.write_manifest(folder, changed(taken, "service_records", keys=keys))
    assert "x" in refused(empty_database, folder).subject


def test_a_file_that_ends_early(empty_database: str, folder: Path, taken: Manifest) -> None:
    path = folder / "tables" / "schema_migrations.csv.zst"
    rewritten(folder, taken, "schema_migrations", path.read_bytes()[:-9])
    assert refused(empty_database, folder).subject == "tables/schema_migrations.csv.zst"


def test_a_file_that_is_no_archive(empty_database: str, folder: Path, taken: Manifest) -> None:
    rewritten(folder, taken, "garages", b"id,name\n")
    assert "one that does not" in refused(empty_database, folder).found


def test_a_row_that_its_columns_cannot_hold_is_named(
    empty_database: str, folder: Path, taken: Manifest
) -> None:
    data = rows_of(folder, "reminders").replace(b"-4", b"-g", 1)
    rewritten(folder, taken, "reminders", zstandard.compress(data))
    error = refused(empty_database, folder)
    assert error.subject == "reminders"
    assert "uuid" in error.found and "line 2" in error.found


def test_a_row_that_was_altered_is_found(
    empty_database: str, folder: Path, taken: Manifest
) -> None:
    data = rows_of(folder, "reminders").replace(b"open", b"odd!", 1)
    rewritten(folder, taken, "reminders", zstandard.compress(data))
    assert refused(empty_database, folder).subject == "reminders"


def test_an_orphan_is_refused(empty_database: str, folder: Path, taken: Manifest) -> None:
    header = rows_of(folder, "garages").splitlines(keepends=True)[0]
    rewritten(folder, taken, "garages", zstandard.compress(header))
    assert refused(empty_database, folder).subject == "garages"
    rewritten(folder, taken, "garages", zstandard.compress(header), rows=0)
    error = refused(empty_database, folder)
    assert error.subject == "vehicles, vehicles_garage_id_fkey"
    assert "is not present in table" in error.found


def test_absent_objects_warn_and_the_load_finds_its_tables(
    empty_database: str, tmp_path: Path
) -> None:
    lists = (
        "tenants",
        "users",
        "garages",
        "vehicles",
        "current_events",
        "vehicle_images",
        "reminders",
    )
    folded = {"odometer_readings": [], "fuel_logs": [], "service_records": []}
    content = {"timestamp": "x", "legacy_events": folded, **{name: [] for name in lists}}
    path = tmp_path / "export.json"
    path.write_text(json.dumps(content))
    with postgres.connect(empty_database) as connection:
        backup.convert_json(path, tmp_path / "folder", connection=connection)
        findings = staging.restore_backup(connection, tmp_path / "folder")
        connection.commit()
    absent = [item.subject for item in findings if item.check == "source object"]
    assert len(absent) == 25 and {item.status for item in findings} == {"ok", "warn"}
    assert value(empty_database, "SELECT count(*) FROM legacy.memberships") == 0
    assert value(empty_database, "SELECT to_regclass('legacy.vin_cache')") is None
    statement = "SELECT present FROM audit.source_object WHERE object = 'memberships'"
    assert value(empty_database, statement) is False


TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
TRICKY = st.sampled_from(["", "\\N", "\\.", '"', "NULL", ",", "\n", "\r", "\\", "''", " "]) | TEXT
MOMENT = st.sampled_from(
    [
        "infinity",
        "-infinity",
        "2025-03-09T02:30:00.123456-08",
        "epoch",
        "0044-03-15 12:00:00 BC",
        "294276-12-31 23:59:59.999999+00",
    ]
)
FUEL_ROW = st.fixed_dictionaries(
    {
        "total_amount": st.sampled_from(["0.01", "99999999.99", "NaN"]),
        "time": st.sampled_from(["24:00", "00:00:00.000001", "23:59:59.999999"]) | st.none(),
        "notes": st.none() | TRICKY,
        "station_name": st.none() | TRICKY,
        "tags": st.none() | st.lists(st.none() | TRICKY, max_size=3),
        "ocr_data": st.none()
        | st.dictionaries(TRICKY, st.integers() | TRICKY | st.none(), max_size=3),
        "created_at": MOMENT,
        "location_lat": st.sampled_from(["45.52314411", "NaN", "-0.00000001"]),
    }
)
AUDIT_ROW = st.fixed_dictionaries(
    {
        "ip_address": st.ip_addresses().map(str) | st.none(),
        "user_agent": st.none() | TRICKY,
        "changed_at": MOMENT,
        "old_values": st.sampled_from(
            [None, '{"n": 1.50}', '"a"', "1e400", "null", '{"é": "\\u2028"}']
        ),
    }
)


def insert(
    connection: Connection, table: str, fixed: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    """Insert rows whose fixed columns come from a vehicle."""
    for row in rows:
        values = {
            name: Json(item) if isinstance(item, dict) else item for name, item in row.items()
        }
        names, marks = ", ".join([*fixed, *row]), ", ".join(f"%({name})s" for name in row)
        connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(fixed.values())}, {marks}"
            " FROM vehicles LIMIT 1",
            values,
        )


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.tuples(
        st.lists(FUEL_ROW, min_size=5, max_size=40),
        st.lists(AUDIT_ROW, min_size=5, max_size=40),
        st.lists(st.floats(), min_size=3, max_size=10),
    )
)
def test_every_value_survives(
    server: Server, sample_database: str, tmp_path_factory: pytest.TempPathFactory, drawn: Any
) -> None:
    fuel, audit, floats = drawn
    with postgres.connect(sample_database) as connection:
        insert(connection, "fuel_logs", {"tenant_id": "tenant_id", "vehicle_id": "id"}, fuel)
        fixed = {
            "tenant_id": "tenant_id",
            "table_name": "'x'",
            "record_id": "id",
            "action": "'INSERT'",
        }
        insert(connection, "audit_log", fixed, audit)
        for number in floats:
            connection.execute(
                "INSERT INTO garages (tenant_id, name, lat) SELECT id, 'g', %s"
                " FROM tenants LIMIT 1",
                (number,),
            )
    folder = tmp_path_factory.mktemp("values") / "backup"
    backup.take_backup(sample_database, folder)
    name = f"values_{folder.parent.name}"
    conninfo = server.new_database(name)
    try:
        restore(conninfo, folder)
        for table in ("fuel_logs", "audit_log", "garages"):
            assert value(sample_database, ROWS_OF.format(f"public.{table}")) == value(
                conninfo, ROWS_OF.format(f"legacy.{table}")
            )
    finally:
        server.drop_database(name)


@pytest.mark.parametrize(
    "column",
    [
        ("CREATE DOMAIN extensions.word AS numeric", "extensions.word", "1.50"),
        ("CREATE TYPE extensions.mood AS ENUM ('bad', 'good')", "extensions.mood", "'good'"),
        ("CREATE TYPE extensions.pair AS (a int, b numeric)", "extensions.pair", "'(1,1.50)'"),
        ("SELECT 1", "float8[]", "ARRAY['inf'::float8 - 'inf'::float8]"),
        ("SELECT 1", "point", "point('inf'::float8 - 'inf'::float8, 1)"),
        ("SELECT 1", "char(5)", "'a'"),
    ],
)
def test_types_whose_numbers_differ_between_databases(
    sample_database: str, empty_database: str, tmp_path: Path, column: tuple[str, str, str]
) -> None:
    """Sent bytes hold the numbers of types, and floating point has many NaNs: texts decide.

    The target need not have the type: built-in ones are staged as they are, others as text.
    """
    make, kind, one = column
    execute(
        sample_database,
        make,
        f"ALTER TABLE vin_cache ALTER data TYPE {kind} USING ({one})::{kind}",
    )
    backup.take_backup(sample_database, tmp_path / "backup")
    found = restore(empty_database, tmp_path / "backup")
    assert not [item for item in found if item.status == "fail"]


@pytest.mark.parametrize("bits", ["fff8000000000000", "7ff0000000000001"])
def test_a_nan_of_other_bits_is_a_nan(
    sample_database: str, empty_database: str, tmp_path: Path, bits: str
) -> None:
    """Programs that send numbers as bits leave such NaNs; no text tells them apart."""
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    with postgres.connect(sample_database) as connection:
        connection.execute("UPDATE garages SET lat = %b", (number,))
    kept = value(sample_database, "SELECT max(encode(float8send(lat), 'hex')) FROM garages")
    assert kept == bits
    backup.take_backup(sample_database, tmp_path / "backup")
    restore(empty_database, tmp_path / "backup")
    assert value(empty_database, "SELECT bool_and(lat = 'NaN') FROM legacy.garages") is True


FIFTEEN = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="module")
def other_server() -> Iterator[Server]:
    """A PostgreSQL 15 beside the server under test."""
    if not (FIFTEEN / "postgres").exists() or os.environ.get("MOTOMIND_POSTGRES_BIN"):
        pytest.skip("no PostgreSQL 15, or the server under test is a named one already")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOMIND_POSTGRES_BIN", str(FIFTEEN))
        running = postgres.start_server()
    yield running
    running.stop()


def test_from_18_to_15_and_back(
    other_server: Server, sample_folder: Path, empty_database: str, tmp_path: Path
) -> None:
    """Two major versions write the same definitions in other words; the rows are the same."""

    there = other_server.new_database("there")
    found = restore(there, sample_folder)
    assert not [item for item in found if item.status == "fail"]
    old = other_server.new_database("old")
    with postgres.connect(old) as connection:
        legacy.create_sample(connection, "sample")
    held = backup.take_backup(old, tmp_path / "old")
    assert held.fingerprint == backup.read_manifest(sample_folder).fingerprint
    found = restore(empty_database, tmp_path / "old")
    assert not [item for item in found if item.status == "fail"]
    assert {item.subject for item in found if item.status != "ok"} == {"performance_dashboard"}


def test_texts_that_a_collation_takes_for_equal_have_other_fingerprints(
    other_server: Server,
) -> None:
    found = set()
    with postgres.connect(other_server.new_database("loose")) as connection:
        connection.execute(
            "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2',"
            " deterministic = false)"
        )
        for name, text in (("upper", "A"), ("lower", "a")):
            connection.execute(f'CREATE TABLE "{name}" (it text COLLATE loose)')
            connection.execute(f"INSERT INTO \"{name}\" VALUES ('{text}')")
            found.add(postgres.fingerprint(connection, name))
    assert len(found) == 2


def test_a_view_that_can_be_created_is(empty_database: str, sample_folder: Path) -> None:
    execute(
        empty_database,
        "CREATE VIEW extensions.pg_stat_statements AS SELECT 1::bigint AS calls,"
        " 1.0::double precision AS mean_exec_time, 1::bigint AS shared_blks_hit,"
        " 1::bigint AS shared_blks_read",
    )
    found = restore(empty_database, sample_folder)
    assert {item.status for item in found} == {"ok"}
    assert isinstance(backup.read_manifest(sample_folder).object("performance_dashboard"), Relation)

"""The backup: one snapshot, nothing left out, the source only read, never half a folder."""

from __future__ import annotations

import io
import json
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import zstandard
from conftest import execute
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from motomind_nb import backup, postgres
from motomind_nb.backup import Manifest
from motomind_nb.backup.taking import snapshot
from motomind_nb.backup.to_json.csv_rows import rows
from motomind_nb.backup.to_json.values import array_elements
from motomind_nb.core import MotomindError, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import session


@pytest.fixture
def taken(sample_database: str, tmp_path: Path) -> Manifest:
    return backup.take_backup(sample_database, tmp_path / "backup")


@pytest.fixture
def reader(sample_database: str) -> Iterator[str]:
    """The conninfo of a role that may SELECT and nothing else."""
    execute(
        sample_database,
        "DROP ROLE IF EXISTS reader",
        "CREATE ROLE reader LOGIN BYPASSRLS",
        "GRANT USAGE ON SCHEMA public TO reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
    )
    yield make_conninfo(sample_database, user="reader")
    execute(sample_database, "DROP OWNED BY reader", "DROP ROLE reader")


def test_all_35_objects_with_their_documented_rows(taken: Manifest) -> None:
    assert [item.name for item in taken.objects] == list(catalog.objects())
    assert all(item.present for item in taken.objects)
    assert taken.object("reminders").rows == 4
    assert taken.object("service_records").rows == 6
    assert taken.object("audit_log").rows == 0
    assert taken.object("fleet_overview").rows == 4
    assert taken.unknown == ()


def test_the_columns_are_those_of_the_catalog(taken: Manifest) -> None:
    for item in taken.objects:
        known = [(column.name, column.type) for column in catalog.objects()[item.name].columns]
        assert [(column.name, column.type) for column in item.columns] == known


def test_views_are_evidence_and_never_fingerprinted(taken: Manifest) -> None:
    assert {item.fingerprint for item in taken.views()} == {None}
    assert all(item.fingerprint is not None for item in taken.tables())
    volatile = {item.name for item in taken.views() if item.volatile}
    assert volatile == {
        "vehicle_health_scores",
        "fleet_overview",
        "health_score_system_status",
        "mv_health_freshness",
        "performance_dashboard",
    }
    dashboard = taken.object("performance_dashboard")
    assert not dashboard.evaluable and dashboard.file is None
    assert "pg_stat_statements must be loaded" in dashboard.reason


def test_a_view_that_was_never_refreshed_says_so(sample_database: str, tmp_path: Path) -> None:
    execute(sample_database, "REFRESH MATERIALIZED VIEW vehicle_health_scores WITH NO DATA")
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert held.object("vehicle_health_scores").reason == "never refreshed: it holds no rows"
    assert not held.object("fleet_overview").evaluable


def test_definitions_hold_what_a_dump_of_rows_forgets(taken: Manifest) -> None:
    reminders = taken.object("reminders")
    kinds = {item.kind for item in reminders.definitions}
    assert {
        "check",
        "primary key",
        "foreign key",
        "index",
        "trigger",
        "policy",
        "grant",
        "row level security",
        "publication",
        "comment",
    } <= kinds
    names = [item.name for item in taken.definitions if item.kind == "function"]
    assert "consolidated_health_check()" in names and len(names) == 15
    assert any(item.kind == "default privilege" for item in taken.definitions)
    policies = sum(len(item.texts("policy")) for item in taken.objects)
    triggers = sum(len(item.texts("trigger")) for item in taken.objects)
    assert (policies, triggers) == (33, 14)


def test_the_same_rows_give_the_same_fingerprint(sample_database: str, tmp_path: Path) -> None:
    first = backup.take_backup(sample_database, tmp_path / "first")
    execute(
        sample_database,
        "CREATE TABLE held AS SELECT * FROM reminders ORDER BY id DESC",
        "DELETE FROM reminders",
        "INSERT INTO reminders SELECT * FROM held",
        "DROP TABLE held",
    )
    second = backup.take_backup(sample_database, tmp_path / "second")
    assert second.fingerprint == first.fingerprint
    execute(sample_database, "UPDATE vehicles SET baseline_fuel_mpg = baseline_fuel_mpg + 0.1")
    third = backup.take_backup(sample_database, tmp_path / "third")
    assert third.fingerprint != first.fingerprint


DIFFERENT = [
    ("1.0::numeric", "1.00::numeric"),
    ("0::float8", "'-0'::float8"),
    ("''::text", "NULL::text"),
    ("'{\"a\": 1.0}'::jsonb", "'{\"a\": 1.00}'::jsonb"),
    ("'24:00'::time", "'00:00'::time"),
    ("'{NULL}'::text[]", "'{\"NULL\"}'::text[]"),
    ("1::int", "1::bigint"),
    ("'infinity'::timestamptz", "'294276-12-31 23:59:59.999999+00'::timestamptz"),
    ("'10.0.0.1'::inet", "'10.0.0.1/31'::inet"),
    ("'é'::text", "'e\u0301'::text"),
]


def test_a_fingerprint_tells_values_apart(empty_database: str) -> None:
    with postgres.connect(empty_database) as connection:
        for number, pair in enumerate(DIFFERENT):
            found = set()
            for side, text in zip(("one", "other"), pair, strict=True):
                connection.execute(f"CREATE TABLE {side}{number} AS SELECT 1 AS id, {text} AS it")
                found.add(postgres.fingerprint(connection, f"{side}{number}"))
            assert len(found) == 2, pair


def test_a_fingerprint_tells_values_apart_that_two_rows_exchange(empty_database: str) -> None:
    with postgres.connect(empty_database) as connection:
        found = set()
        for number, pairs in enumerate(("(1, 'a'), (2, 'b')", "(1, 'b'), (2, 'a')")):
            connection.execute(
                f"CREATE TABLE t{number} AS SELECT * FROM (VALUES {pairs}) AS v (n, t)"
            )
            found.add(postgres.fingerprint(connection, f"t{number}"))
    assert len(found) == 2


def test_a_fingerprint_of_a_table_with_one_kind_of_columns(empty_database: str) -> None:
    with postgres.connect(empty_database) as connection:
        for name, columns in (("sent", "a numeric"), ("hashed", "a int"), ("none", "")):
            connection.execute(f"CREATE TABLE {name} ({columns})")
            connection.execute(f"INSERT INTO {name} DEFAULT VALUES")
            rows, mark = postgres.fingerprint(connection, ("public", name))
            assert rows == 1 and mark != "0"


def test_a_role_with_select_only_reads_the_same(
    reader: str, taken: Manifest, tmp_path: Path
) -> None:
    held = backup.take_backup(reader, tmp_path / "reader")
    assert held.fingerprint == taken.fingerprint
    assert held.absent() == []


@pytest.mark.parametrize(
    "change",
    [
        "TRUNCATE reminders",
        "ALTER TABLE fuel_logs ALTER total_amount TYPE numeric(12, 2)",
        "DROP TABLE audit_log",
    ],
)
def test_nobody_rewrites_a_table_during_a_backup(
    sample_database: str, tmp_path: Path, change: str
) -> None:
    """To a snapshot that is older than such a change the table would be empty."""
    tried = []

    def tell(name: str, done: int, _: int) -> None:
        if done == 1:
            with postgres.connect(sample_database) as other:
                other.execute("SET lock_timeout = '50ms'")
                with pytest.raises(errors.LockNotAvailable):
                    other.execute(change.encode())
                other.rollback()
                other.execute("UPDATE reminders SET title = title")
            tried.append(name)

    held = backup.take_backup(sample_database, tmp_path / "backup", tell)
    assert tried and held.object("reminders").rows == 4 and held.object("fuel_logs").rows == 2
    execute(sample_database, change)


def test_a_table_that_is_rewritten_just_now_is_one_clear_line(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(session.SESSION, "lock_timeout", "50ms")
    with postgres.connect(sample_database) as other:
        other.execute("LOCK TABLE vin_cache IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(MotomindError, match="source: expected tables that nobody changes"):
            backup.take_backup(sample_database, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("name", ["audit_log", "fleet_overview", "vehicles"])
def test_an_object_of_another_kind_is_refused(
    sample_database: str, tmp_path: Path, name: str
) -> None:
    kind = "VIEW" if name == "fleet_overview" else "TABLE"
    execute(
        sample_database,
        f"DROP {kind} {name} CASCADE",
        f"CREATE TABLE {name} (id uuid) PARTITION BY HASH (id)",
    )
    with pytest.raises(Refused, match=f"{name} is a partitioned table"):
        backup.take_backup(sample_database, tmp_path / "backup")


def test_a_timeout_of_the_role_does_not_cut_a_backup(sample_database: str, tmp_path: Path) -> None:
    names = ["statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"]
    with postgres.connect(sample_database) as connection:
        known = {row[0] for row in connection.execute("SELECT name FROM pg_settings")}
    options = " ".join(f"-c {name}=300ms" for name in names if name in known)

    def tell(_: str, done: int, __: int) -> None:
        if done in (1, 30):
            time.sleep(0.4)

    held = backup.take_backup(make_conninfo(sample_database, options=options), tmp_path / "x", tell)
    assert held.rows() == 78


def versions_of_rows(conninfo: str) -> set[str]:
    """Every relation and version of a row that a write would add to: no counters, no clock."""
    relations = (
        "SELECT relname, relkind, relfilenode FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
    )
    row_versions = sql.SQL("SELECT concat_ws(' ', ctid, xmin, xmax) AS version FROM public.{}")
    with postgres.connect(conninfo) as connection:
        found = postgres.rows(connection, relations)
        versions = {f"{row['relname']} {row['relfilenode']}" for row in found}
        for name in (row["relname"] for row in found if row["relkind"] in "rm"):
            statement = row_versions.format(sql.Identifier(name))
            rows = postgres.rows(connection, statement)
            versions |= {f"{name} {row['version']}" for row in rows}
    return versions


def test_the_source_is_only_read(sample_database: str, tmp_path: Path) -> None:
    before = versions_of_rows(sample_database)
    assert len(before) > 150
    backup.take_backup(sample_database, tmp_path / "backup")
    assert versions_of_rows(sample_database) == before
    execute(sample_database, "UPDATE vehicles SET make = make")
    assert versions_of_rows(sample_database) != before


def test_permission_denied_is_an_error_that_names_every_object(
    reader: str, sample_database: str, tmp_path: Path
) -> None:
    execute(
        sample_database, "REVOKE SELECT ON service_records, vin_cache, fleet_overview FROM reader"
    )
    with pytest.raises(MotomindError, match="permission denied") as raised:
        backup.take_backup(reader, tmp_path / "backup")
    assert raised.value.exit_code == 2
    assert raised.value.subject == "service_records, vin_cache, fleet_overview"
    assert not (tmp_path / "backup").exists()


def test_rows_hidden_by_row_level_security_are_an_error(
    reader: str, sample_database: str, tmp_path: Path
) -> None:
    execute(sample_database, "ALTER ROLE reader NOBYPASSRLS")
    with pytest.raises(MotomindError, match="row level security") as raised:
        backup.take_backup(reader, tmp_path / "backup")
    assert raised.value.exit_code == 2
    assert "service_records" in raised.value.subject and "users" not in raised.value.subject


def test_another_database_is_refused(empty_database: str, tmp_path: Path) -> None:
    execute(empty_database, "CREATE TABLE tenants (id int)", "CREATE VIEW users AS SELECT 1 AS id")
    with pytest.raises(Refused) as raised:
        backup.take_backup(empty_database, tmp_path / "backup")
    assert raised.value.exit_code == 3
    assert raised.value.found.startswith("2 of them; missing: garages, vehicles, vehicle_events")
    assert raised.value.found.endswith("users is a view")
    assert not (tmp_path / "backup").exists()


def test_an_absent_object_is_absent_and_an_unknown_one_is_told(
    sample_database: str, tmp_path: Path
) -> None:
    execute(
        sample_database,
        "DROP TABLE vin_cache",
        "CREATE TABLE parts (id int)",
        "INSERT INTO parts VALUES (1), (2)",
        "CREATE VIEW part_names AS SELECT id FROM parts",
    )
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert held.absent() == ["vin_cache"]
    assert held.object("vin_cache").rows is None
    assert [(item.name, item.kind, item.rows) for item in held.unknown] == [
        ("part_names", "view", None),
        ("parts", "table", 2),
    ]


def test_one_snapshot_while_others_write(sample_database: str, tmp_path: Path) -> None:
    """Each write changes two tables at once; a backup must never hold one without the other."""
    done = threading.Event()

    def keep_writing() -> None:
        with postgres.connect(sample_database) as connection:
            while not done.is_set():
                connection.execute(
                    "INSERT INTO uploads (tenant_id, kind, storage_url)"
                    " SELECT id, 'odometer_photo', 'x' FROM tenants LIMIT 1"
                )
                connection.execute(
                    "INSERT INTO schema_migrations (version, filename)"
                    " VALUES (gen_random_uuid()::text, 'x')"
                )
                connection.commit()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(5):
            held = backup.take_backup(sample_database, tmp_path / str(number))
            uploads, migrations = held.object("uploads").rows, held.object("schema_migrations").rows
            assert migrations == uploads + 13  # type: ignore[operator]
    finally:
        done.set()
        writer.join()


def test_pandas_reads_the_files(taken: Manifest, tmp_path: Path) -> None:
    path = tmp_path / "backup" / "tables" / "fuel_logs.csv.zst"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=["\\N"])
    assert len(frame) == taken.object("fuel_logs").rows
    assert list(frame.columns) == [column.name for column in taken.object("fuel_logs").columns]


def test_null_the_empty_text_and_the_mark_differ(sample_database: str, tmp_path: Path) -> None:
    texts = [None, "", "\\N", '"', "a,b", "line\nline", "\r\n", "\\.", "\x7f", "é😀", "NULL", " "]
    with postgres.connect(sample_database) as connection:
        for number, text in enumerate(texts):
            connection.execute(
                "INSERT INTO uploads (tenant_id, kind, storage_url, mime_type, bytes)"
                " SELECT id, 'odometer_photo', 'x', %s, %s FROM tenants LIMIT 1",
                (text, number),
            )
    held = backup.take_backup(sample_database, tmp_path / "backup")
    names = [column.name for column in held.object("uploads").columns]
    found = [
        dict(zip(names, row, strict=True))
        for row in rows(backup.unpacked(tmp_path / "backup", held.object("uploads")))
    ]
    found.sort(key=lambda row: int(row["bytes"] or 0))
    assert [row["mime_type"] for row in found] == texts


def test_an_array_is_read_as_the_server_writes_it() -> None:
    assert array_elements('{a,"b c",NULL,"NULL","x\\"y\\\\z",""}') == [
        "a",
        "b c",
        None,
        "NULL",
        'x"y\\z',
        "",
    ]
    assert array_elements("{}") == []
    assert array_elements("{{a,b},{c,NULL}}") == [["a", "b"], ["c", None]]


@pytest.mark.usefixtures("taken")
def test_the_original_shape_loads_as_json(tmp_path: Path) -> None:
    path = backup.write_json_file(tmp_path / "backup", tmp_path / "backup.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    assert list(facts) == [
        "timestamp",
        "tenants",
        "users",
        "garages",
        "vehicles",
        "current_events",
        "legacy_events",
        "vehicle_images",
        "reminders",
    ]
    assert len(facts["reminders"]) == 4 and len(facts["legacy_events"]["service_records"]) == 6
    assert facts["reminders"][0]["due_miles"] is None or isinstance(
        facts["reminders"][0]["due_miles"], int
    )
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_with_files_is_not_overwritten(
    taken: Manifest, sample_database: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="a new or empty folder"):
        backup.take_backup(sample_database, tmp_path / "backup")
    assert backup.verify_backup(tmp_path / "backup") == taken


CHILD = """
import signal, sys, threading
from pathlib import Path
from motomind_nb import backup

interrupted = threading.Event()

def interrupt(number, frame):
    interrupted.set()
    raise KeyboardInterrupt

def tell(name, done, total):
    if done == 20 and sys.argv[3:]:
        print("half", flush=True)
        interrupted.wait()

signal.signal(signal.SIGINT, interrupt)
backup.take_backup(sys.argv[1], Path(sys.argv[2]), tell)
"""


def interrupted(conninfo: str, folder: Path, number: signal.Signals) -> int:
    """Take a backup in another process and send it a signal half-way; return its exit status.

    Half-way the other process waits until it has noticed the signal, however busy the machine is.
    """
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, conninfo, str(folder), "wait"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.send_signal(number)
        return child.wait(60)


def test_a_disk_that_is_full_leaves_no_folder_and_one_line(
    sample_database: str, tmp_path: Path
) -> None:
    """A limit on the size of files stands for the full disk."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, sample_database, str(tmp_path / "backup")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (99, 99)),
        capture_output=True,
        text=True,
        check=False,
    )
    said = child.stderr.splitlines()[-1]
    assert "MotomindError: " in said and ": expected a folder that can be written" in said
    assert f"{tmp_path / 'backup'}/" in said and "File too large" in said
    assert "ignored" not in child.stderr
    assert not (tmp_path / "backup").exists()


def test_a_killed_backup_is_recognised_and_refused(sample_database: str, tmp_path: Path) -> None:
    status = interrupted(sample_database, tmp_path / "backup", signal.SIGKILL)
    assert status == -signal.SIGKILL
    assert any((tmp_path / "backup" / "tables").iterdir())
    with pytest.raises(Refused, match="did not end"):
        backup.read_manifest(tmp_path / "backup")
    with pytest.raises(Refused, match="a new or empty folder"):
        backup.take_backup(sample_database, tmp_path / "backup")


def test_ctrl_c_leaves_no_folder(sample_database: str, tmp_path: Path) -> None:
    assert interrupted(sample_database, tmp_path / "backup", signal.SIGINT) != 0
    assert not (tmp_path / "backup").exists()


def test_the_files_are_compressed_and_end_properly(taken: Manifest, tmp_path: Path) -> None:
    for name in taken.files():
        with (tmp_path / "backup" / name).open("rb") as file:
            data = zstandard.ZstdDecompressor().stream_reader(file).read()
        assert data.endswith(b"\n") and io.BytesIO(data).readline().count(b",") > 0


def test_the_second_connection_holds_its_locks_before_anything_is_read(
    sample_database: str,
) -> None:
    """A rewrite that waits for the first connection would stand before a later lock."""
    with snapshot.open_shared_snapshot(sample_database, 2) as shared:
        held = [
            {
                row["name"]
                for row in postgres.rows(
                    shared.connections[0],
                    b"SELECT c.relname AS name FROM pg_locks AS l INNER JOIN pg_class AS c"
                    b" ON c.oid = l.relation WHERE l.pid = %(pid)s AND l.mode = 'AccessShareLock'"
                    b" AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace",
                    {"pid": each.info.backend_pid},
                )
            }
            for each in shared.connections
        ]
    assert held == [shared.locked, shared.locked] and len(shared.locked) == 25

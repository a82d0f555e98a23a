"""Sessions are pinned whatever the database, the role or the caller's environment say."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from motomind_nb import backup, postgres
from motomind_nb.backup.taking import snapshot, view_reader
from motomind_nb.core import PACKAGE, CheckFailed, MotomindError, Refused, UnforeseenError
from motomind_nb.postgres import connect, error_of_server, rows, session, value

# each setting with a value that would change what is read, written or waited for
HOSTILE = {
    "standard_conforming_strings": "off",
    "quote_all_identifiers": "on",
    "array_nulls": "off",
    "transform_null_equals": "on",
    "backslash_quote": "on",
    "TimeZone": "Asia/Kathmandu",
    "DateStyle": "German, DMY",
    "IntervalStyle": "sql_standard",
    "extra_float_digits": "-3",
    "bytea_output": "escape",
    "xmlbinary": "hex",
    "xmloption": "document",
    "search_path": "elsewhere",
    "row_security": "off",
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "serializable",
    "default_transaction_deferrable": "on",
    "session_replication_role": "replica",
    "check_function_bodies": "off",
    "jit": "on",
    "lock_timeout": "1ms",
    "statement_timeout": "1s",
    "idle_in_transaction_session_timeout": "1s",
    "idle_session_timeout": "1s",
    "client_connection_check_interval": "0",
    "client_min_messages": "error",
    "exit_on_error": "on",
    "default_table_access_method": "pile",
    "default_tablespace": "pg_default",
}
LIBPQ = {
    "PGSERVICE": "depot",
    "PGPORT": "7777",
    "PGHOST": "db.example.invalid",
    "PGHOSTADDR": "192.0.2.7",
    "PGDATABASE": "depot",
    "PGUSER": "driver",
    "PGPASSFILE": "/nowhere",
    "PGOPTIONS": "-c default_transaction_read_only=on",
    "PGTARGETSESSIONATTRS": "read-only",
    "PGSSLMODE": "verify-full",
    "PGCHANNELBINDING": "require",
    "PGREQUIREAUTH": "scram-sha-256",
    "PGDATA": "/nowhere",
}
PILE = "CREATE ACCESS METHOD pile TYPE TABLE HANDLER pg_catalog.heap_tableam_handler"
READ = "SELECT current_setting(%s)"
SLEEPER = """
import os, sys
from motomind_nb import postgres
with postgres.connect(os.environ["SLEEPS"]) as connection:
    connection.execute("SELECT pg_sleep(60) /* left behind */")
"""
LEFT = """
SELECT count(*) FROM pg_stat_activity
WHERE query LIKE '%left behind%' AND pid <> pg_backend_pid()
"""


def test_every_session_is_a_pinned_one() -> None:
    """No other module than that of connections opens one, by whatever library."""
    opens = re.compile(r"\b(psycopg2?|Connection|asyncpg)\.connect\(|\bcreate_engine\(|\bPGconn\b")
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if opens.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["postgres/connection.py"]


@pytest.mark.parametrize("how", ["connect", "autocommit", "summary", "reader"])
def test_each_way_to_a_session_is_pinned(how: str, hostile_database: str) -> None:
    """Read by pandas, in a notebook's autocommit, as the reader of views."""
    wanted = session.SESSION["DateStyle"]
    if how == "summary":
        statement = sql.SQL("SELECT current_setting('DateStyle') AS held").format()
        assert postgres.read_only_frame(hostile_database, statement).held.tolist() == [wanted]
    elif how == "reader":
        with (
            snapshot.open_shared_snapshot(hostile_database, 1) as shared,
            view_reader.open_view_connections(hostile_database, shared) as readers,
        ):
            assert [value(one, "SHOW DateStyle") for one in readers] == [wanted]
    else:
        with connect(hostile_database, autocommit=how == "autocommit") as connection:
            assert value(connection, "SHOW DateStyle") == wanted


def altered(conninfo: str, settings: dict[str, str]) -> None:
    """Let a database give each new session these settings."""
    with connect(conninfo, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(PILE)
        for setting, held in settings.items():
            text = f"ALTER DATABASE {name} SET {setting} = '{held}'"
            connection.execute(text.encode())


@pytest.fixture
def hostile_database(empty_database: str) -> str:
    altered(empty_database, HOSTILE)
    return empty_database


def test_every_pin_has_a_hostile_value_here() -> None:
    assert {*session.SESSION} - {"client_encoding", "transaction_timeout"} == {*HOSTILE}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_database_that_sets_another_value_is_overruled(name: str, hostile_database: str) -> None:
    with psycopg.connect(hostile_database, autocommit=True) as plain:
        assert plain.execute(READ, (name,)).fetchone() == (HOSTILE[name],)
    with connect(hostile_database, autocommit=True) as connection:
        assert (
            value(connection, "SELECT current_setting(%(n)s)", {"n": name}) == session.SESSION[name]
        )


def test_a_transaction_timeout_of_the_database_is_overruled(empty_database: str) -> None:
    with psycopg.connect(empty_database) as plain:
        if plain.info.server_version < 170_000:
            pytest.skip("PostgreSQL 17 brought it")
    altered(empty_database, {"transaction_timeout": "1s"})
    with connect(empty_database) as connection:
        assert value(connection, "SHOW transaction_timeout") == "0"


@pytest.mark.parametrize("begin", ["first statement", "block"])
def test_a_pooler_that_hands_out_another_session_is_overruled_in_each_transaction(
    begin: str, empty_database: str
) -> None:
    """What a pooler does between two transactions: the next one runs with another's settings."""
    with connect(empty_database) as connection:
        connection.execute(PILE)
        with connection.cursor() as cursor:
            for name, held in HOSTILE.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, held))
        connection.commit()
        if begin == "block":
            with connection.transaction():
                found = {name: value(connection, "SHOW " + name) for name in HOSTILE}
        else:
            found = {name: value(connection, "SHOW " + name) for name in HOSTILE}
        for name in session.pins.NOT_LOCAL:
            del found[name]
        assert found == {name: session.SESSION[name] for name in found}


@pytest.mark.parametrize(
    ("given", "held"), [("64kB", "64MB"), ("4MB", "64MB"), ("65MB", "65MB"), ("1GB", "1GB")]
)
def test_a_session_gets_the_memory_it_needs_and_keeps_more(
    given: str, held: str, empty_database: str
) -> None:
    altered(empty_database, {"work_mem": given})
    with connect(empty_database) as connection:
        assert value(connection, "SHOW work_mem") == held
        connection.commit()
        connection.execute("SET work_mem TO '128kB'")  # what a pooler's other session may have
        connection.commit()
        kept = "64MB" if held == "64MB" else "128kB"
        assert value(connection, "SHOW work_mem") == kept


def test_the_pins_of_a_transaction_take_no_snapshot(empty_database: str) -> None:
    with connect(empty_database) as connection, connect(empty_database) as other:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute("SET LOCAL work_mem TO '8MB'")
        other.execute("CREATE TABLE parked (id integer)")
        other.commit()
        assert value(connection, "SELECT to_regclass('public.parked') IS NOT NULL")


def test_a_setting_that_the_server_keeps_is_refused_by_name(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(session.SESSION, "DateStyle", "ISO")  # read back as: ISO, YMD
    with pytest.raises(Refused, match="DateStyle = ISO, found DateStyle = ISO, ") as refused:
        connect(empty_database)
    assert refused.value.exit_code == 3


def test_without_the_right_to_set_a_setting_of_superusers_all_others_are_pinned(
    hostile_database: str,
) -> None:
    with connect(hostile_database) as connection:
        connection.execute("DROP ROLE IF EXISTS night_driver; CREATE ROLE night_driver LOGIN")
    with connect(make_conninfo(hostile_database, user="night_driver")) as connection:
        assert value(connection, "SHOW standard_conforming_strings") == "on"
        assert value(connection, "SHOW statement_timeout") == "0"
    with connect(hostile_database) as connection:
        connection.execute("DROP ROLE night_driver")


def test_a_backup_of_a_database_with_odd_settings_holds_the_same(
    sample_database: str, tmp_path: Path
) -> None:
    before = backup.take_backup(sample_database, tmp_path / "before")
    odd = {name: held for name, held in HOSTILE.items() if name != "search_path"}
    altered(sample_database, odd)
    after = backup.take_backup(sample_database, tmp_path / "after")
    assert after.fingerprint == before.fingerprint
    assert [item.checksum for item in after.tables()] == [item.checksum for item in before.tables()]


def test_libpqs_environment_leads_no_connection_away_from_the_embedded_server(
    server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, held in LIBPQ.items():
        monkeypatch.setenv(name, held)
    with connect(server.conninfo()) as connection:
        assert connection.info.host == str(server.socket) and connection.info.port == 5432
        assert value(connection, "SHOW data_directory") == str(server.data)
        assert value(connection, "SHOW default_transaction_read_only") == "off"
    assert {name: os.environ[name] for name in LIBPQ} == LIBPQ


def test_the_embedded_servers_processes_inherit_neither_port_nor_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, held in {**LIBPQ, "FLEET_TOKEN": "hunter2"}.items():
        monkeypatch.setenv(name, held)
    with postgres.embedded_server() as running, connect(running.conninfo()) as connection:
        assert value(connection, "SHOW port") == "5432"
        pids = [int((running.data / "postmaster.pid").read_text().split()[0]), running.keeper.pid]
        for pid in pids:
            held = Path(f"/proc/{pid}/environ").read_bytes().decode()
            assert "hunter2" not in held and "PGPORT" not in held and "PGSERVICE" not in held


@pytest.fixture
def service_file(server: postgres.Server, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "services.conf"
    path.write_text(f"[depot]\nhost={server.socket}\nport=5432\nuser=postgres\ndbname=postgres\n")
    yield path


def test_a_users_own_database_still_follows_libpqs_environment(
    server: postgres.Server, service_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSERVICEFILE", str(service_file))
    with connect(postgres.conninfo("service:depot")) as connection:
        assert value(connection, "SHOW data_directory") == str(server.data)
    monkeypatch.setenv("PGHOST", str(server.socket))
    monkeypatch.setenv("PGUSER", "postgres")
    monkeypatch.setenv("FLEET", "dbname=postgres")
    with connect(postgres.conninfo("env:FLEET")) as connection:
        assert value(connection, "SHOW data_directory") == str(server.data)


def test_the_statements_of_a_killed_client_end_within_a_second(empty_database: str) -> None:
    client = subprocess.Popen(
        [sys.executable, "-c", SLEEPER], env={**os.environ, "SLEEPS": empty_database}
    )
    with connect(empty_database, autocommit=True) as connection:

        def until(number: int, seconds: float) -> bool:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if value(connection, LEFT) == number:
                    return True
                time.sleep(0.02)
            return False

        assert until(1, 60), "the client never began"
        os.kill(client.pid, signal.SIGKILL)
        client.wait()
        assert until(0, 1.5)  # half a second between two looks, and the way there and back


OUTAGES = {
    "08006": 2,
    "53100": 2,
    "53300": 2,
    "54000": 2,
    "57014": 2,
    "57P01": 2,
    "58P01": 2,
    "58030": 2,
    "40P01": 2,
    "40001": 2,
    "XX000": 2,
    "XX001": 2,
    "25006": 2,
    "42501": 2,
    "55006": 2,
    "55P03": 2,
    "22012": 2,
    "42P01": 1,
    "42703": 1,
    "42883": 1,
    "3F000": 1,
}


OF_THE_SERVER = ("08", "53", "57", "58", "40", "XX")
# a job that fails is logged by maintain; a view or a list of files that can't be read is a warning
NOT_THE_RUNS = {"rebuilt/maintenance.py", "backup/taking/images.py", "apply/finishing.py"}


def test_no_outage_becomes_a_refusal_or_a_finding() -> None:
    """Whoever takes every error of a statement for one of rows or objects looks for an outage."""
    careless = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and "psycopg.Error" in ast.unparse(
                node.type or ast.Constant("")
            ):
                body = ast.unparse(node)
                if not re.search(
                    r"raise_outage|error_of_server|as_motomind_error|\braise$", body, re.M
                ):
                    careless.append(path.relative_to(PACKAGE).as_posix())
    assert set(careless) == NOT_THE_RUNS


@pytest.mark.parametrize(("state", "code"), OUTAGES.items())
def test_the_class_of_an_sqlstate_says_the_exit_code(
    state: str, code: int, empty_database: str
) -> None:
    raised = (
        f"DO $$ BEGIN RAISE EXCEPTION 'password=hunter2 broke' USING ERRCODE = '{state}'; END $$"
    )
    with connect(empty_database) as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(raised.encode())
    error = error_of_server(caught.value)
    assert error.exit_code == code and isinstance(error, CheckFailed) == (code == 1)
    assert "hunter2" not in str(error) and "\n" not in str(error)
    assert state in str(error) or code == 1
    told = pytest.raises(MotomindError) if state[:2] in OF_THE_SERVER else nullcontext()
    with told:
        postgres.raise_outage(caught.value)
    assert ("bug" in error.action) == (state == "22012") == isinstance(error, UnforeseenError)


def test_a_session_that_an_administrator_ends_is_an_outage(empty_database: str) -> None:
    with connect(empty_database, autocommit=True) as other, connect(empty_database) as connection:
        pid = value(connection, "SELECT pg_backend_pid()")
        other.execute("SELECT pg_terminate_backend(%s)", (pid,))
        with pytest.raises(psycopg.Error) as caught:
            rows(connection, "SELECT 1")
    found = error_of_server(caught.value)
    assert type(found) is MotomindError and found.exit_code == 2 and "bug" not in found.action


def test_an_object_that_is_gone_is_named_and_the_next_check_still_runs(
    empty_database: str,
) -> None:
    with connect(empty_database) as connection:

        def read(name: str) -> list[postgres.Row]:
            return rows(connection, f"SELECT * FROM {name}".encode())  # type: ignore[arg-type]

        connection.execute("CREATE TABLE public.depots (id integer)")
        gone = postgres.findings_or_gone(connection, "depots", lambda: read("public.stations"))
        assert [(item.check, item.subject, item.status) for item in gone] == [
            ("depots", "public.stations", "fail")
        ]
        assert postgres.findings_or_gone(connection, "depots", lambda: read("public.depots")) == []

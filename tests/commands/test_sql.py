"""``motomind sql``: every query as psql reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from psycopg import sql
from typer.testing import CliRunner

from motomind_nb.cli import app
from motomind_nb.postgres import all_query_names, connect

BETWEEN = ("--source-schema", "public", "--target-schema", "next")
PSQL = shutil.which("psql")


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["sql", *(str(word) for word in words)])
    return result.exit_code, result.output


def test_without_a_name_all_are_listed() -> None:
    code, text = run()
    assert code == 0 and text.splitlines() == all_query_names()
    assert "load/projections/fuel_logs__vehicle_events" in text


@pytest.mark.parametrize("name", all_query_names())
def test_every_query_is_filled(name: str) -> None:
    code, text = run(name, "--source-schema", "public", "--target-schema", "next")
    assert code == 0
    assert "{source}" not in text and "{target}" not in text and "%(" not in text
    assert "legacy.v" not in "\n".join(line for line in text.splitlines() if "--" not in line)


def test_an_unknown_name_and_an_odd_schema_are_one_line() -> None:
    code, text = run("load/nope")
    assert code == 2 and "'load/nope'" in text and "Traceback" not in text
    code, text = run("load/years", "--target-schema", 'a"b')
    assert code == 2 and "plain lower-case" in text


@pytest.mark.skipif(PSQL is None, reason="psql is not installed")
def test_psql_runs_what_is_printed(sample_database: str, tmp_path: Path) -> None:
    assert PSQL is not None
    file = tmp_path / "query.sql"
    file.write_text(run("load/years", *BETWEEN)[1])
    done = subprocess.run(
        [PSQL, sample_database, "-XAtq", "-f", str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2025" in done.stdout.split()


def test_the_files_of_the_rebuilt_schema_are_written_filled(
    empty_database: str, tmp_path: Path
) -> None:
    code, text = run("--to", tmp_path / "ddl", "--target-schema", "next")
    assert code == 0 and "20 files" in text
    with connect(empty_database, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA next")
        for path in sorted((tmp_path / "ddl").glob("*.sql")):
            connection.execute(sql.SQL(path.read_text()))  # type: ignore[arg-type]
        found = connection.execute("SELECT count(*) FROM next.vehicle_current_mileage").fetchone()
        assert found == (0,)

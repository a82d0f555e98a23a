"""A plain server gets one refusal with all the SQL; after that SQL the sample is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import DATABASE, execute
from typer.testing import CliRunner

from motomind_nb import postgres
from motomind_nb.cli import app
from motomind_nb.postgres import connect, value


def test_sample_on_a_plain_server_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = postgres.start_server()  # roles belong to a whole server
    try:
        conninfo = server.create_database(DATABASE)
        monkeypatch.setenv("LEER", conninfo)
        words = ["sample", "--target", "env:LEER", "--vehicles", "3", "--events", "20"]
        words += ["--truth", str(tmp_path / "truth.csv")]
        refused = CliRunner().invoke(app, words)
        assert refused.exit_code == 3 and "no role anon" in refused.output
        assert "schema extensions" in refused.output and len(refused.output.splitlines()) == 1
        said = refused.output.partition("create them first: ")[2]
        execute(conninfo, said)
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        with connect(conninfo) as connection:
            assert value(connection, "SELECT count(*) FROM vehicles") == 3
    finally:
        server.stop()

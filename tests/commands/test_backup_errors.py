"""What can go wrong with ``backup``: one line each, with object, expected, found and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner, Result

from motomind_nb.cli import app
from motomind_nb.postgres import Server

LINE = re.compile(r"[^\n]+: expected [^\n]+, found [^\n]+; [^\n]+\n")
# what differs from a connection that works, the exit code, words of the line
CONNECTIONS: dict[str, tuple[dict[str, str], int, str]] = {
    "no such database": ({"dbname": "kiln_nowhere"}, 2, "kiln_nowhere"),
    "no such user": ({"user": "nobody_here", "password": "glaze-secret"}, 2, "nobody_here"),
    "connection refused": ({"host": "127.0.0.1", "port": "1"}, 2, "127.0.0.1"),
    "no legacy database": ({}, 3, "legacy"),
}


def backed_up(source: str, to: Path) -> Result:
    return CliRunner().invoke(app, ["backup", "--source", source, "--to", str(to)])


@pytest.mark.parametrize("case", CONNECTIONS)
def test_a_source_that_cannot_be_read_is_one_line(
    case: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, code, words = CONNECTIONS[case]
    monkeypatch.setenv("KILN", make_conninfo(server.conninfo("postgres"), **changes))
    result = backed_up("env:KILN", tmp_path / "backup")
    assert result.exit_code == code, result.output
    assert LINE.fullmatch(result.output), result.output
    assert words in result.output and "glaze-secret" not in result.output
    assert not (tmp_path / "backup" / "manifest.json").exists()


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_without_a_value_is_named(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KILN", raising=False)
    if value is not None:
        monkeypatch.setenv("KILN", value)
    result = backed_up("env:KILN", tmp_path / "backup")
    assert result.exit_code == 2 and LINE.fullmatch(result.output), result.output
    assert "KILN" in result.output


@pytest.mark.parametrize("source", ["", "no/such/folder", "env:", "service:no_such_service"])
def test_a_text_that_names_no_source_is_one_line(source: str, tmp_path: Path) -> None:
    result = backed_up(source, tmp_path / "backup")
    assert result.exit_code == 2 and LINE.fullmatch(result.output), result.output
    assert "RuntimeError" not in result.output and "KeyError" not in result.output


def test_a_folder_below_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "vase").write_text("a file")
    result = backed_up("sample", tmp_path / "vase" / "backup")
    assert result.exit_code == 2 and LINE.search(result.output), result.output
    assert "vase" in result.output

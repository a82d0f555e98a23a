"""Old names in an application's source: planted ones are found, words of prose are not.

A line of the files in folder ``planted`` that names something ends with the names that it must be
found by, behind ``#>``; with a question mark where it may only be a guess. All others are quiet.
"""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from motomind_nb.cli import app
from motomind_nb.core import packaged_folder
from motomind_nb.legacy import old_names
from motomind_nb.names import Mention, find_names

MARK = re.compile(r"[ \t]*#>(.*)$", re.MULTILINE)
PLANTED = {
    path.stem: path.read_text("utf-8")
    for path in sorted(Path(__file__).with_name("planted").glob("*.txt"))
}


def planted(text: str) -> set[tuple[int, str, bool]]:
    """What the marks of a text say: line, name, whether it may only be a guess."""
    return {
        (number, word.rstrip("?"), word.endswith("?"))
        for number, line in enumerate(text.splitlines(), 1)
        for found in [MARK.search(line)]
        if found
        for word in found[1].split()
    }


def seen(mentions: tuple[Mention, ...]) -> set[tuple[int, str, bool]]:
    return {(item.line, item.old.name, item.is_guess) for item in mentions}


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found_and_nothing_else(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(MARK.sub("", PLANTED[name]))
    found = find_names(tmp_path).mentions
    assert seen(found) == planted(PLANTED[name])


def test_a_name_that_stays_is_never_told(tmp_path: Path) -> None:
    for name, text in PLANTED.items():
        (tmp_path / name).write_text(MARK.sub("", text))
    assert {item.old.fate for item in find_names(tmp_path).mentions} == {"goes", "moves", "renamed"}


def test_what_is_not_read_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "big.sql").write_bytes(b"-- x\n" * 300_000)
    (tmp_path / "logo.bin").write_bytes(b"\0\1fuel_logs")
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    (tmp_path / "node_modules" / "x" / "a.js").write_text("db('fuel_logs')")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.js").write_text("db('fuel_logs')")
    (tmp_path / "link.js").symlink_to(tmp_path / "own" / "a.js")
    os.mkfifo(tmp_path / "pipe.js")
    (tmp_path / "wide.sql").write_text("SELECT * FROM fuel_logs;", encoding="utf-16")
    found = find_names(tmp_path)
    assert {item.file for item in found.mentions} == {"own/a.js", "wide.sql"}
    assert dict(found.left_out) == {
        "node_modules": "not the application's own",
        "big.sql": "larger than 1,048,576 bytes",
        "link.js": "a symbolic link",
        "logo.bin": "binary",
        "pipe.js": "no regular file",
    }
    assert stat.S_ISFIFO((tmp_path / "pipe.js").stat().st_mode)


def test_the_command_says_where_what_and_what_to_write_instead(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("db.from('reminders').select('due_miles')\n")
    result = run("names", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.ts:1: reminders.due_miles renamed to reminders.due_mileage: write due_mileage"
        " | db.from('reminders').select('due_miles')",
        "1 names and 0 guesses in 1 files",
    ]
    machine = json.loads(run("names", tmp_path, "--json").stdout)
    assert (machine["files"], machine["certain"], machine["guessed"]) == (1, 1, 0)
    assert machine["mentions"][0]["successor"] == "reminders.due_mileage"


def test_exit_codes_tell_none_from_some_and_from_no_such_path(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("db.from('reminders').select('due_mileage')\n")
    assert run("names", tmp_path).exit_code == 0
    missing = run("names", tmp_path / "none", "--json")
    assert missing.exit_code == 2
    assert json.loads(missing.stdout)["found"] == "no such path"


def test_every_old_object_and_function_is_found_in_the_old_schema() -> None:
    told = {item.old.name for item in find_names(packaged_folder("schema") / "legacy").mentions}
    gone = {item.name for item in old_names() if not item.is_column and item.fate != "stays"}
    assert gone - told == set()


def test_the_rebuilt_schema_and_the_code_of_others_are_quiet() -> None:
    for folder in (packaged_folder("schema") / "target", Path(psycopg.__file__).parent):
        found = find_names(folder)
        assert found.files > 20
        assert found.mentions == ()

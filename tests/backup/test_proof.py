"""A backup reads its own files back: what is not as it was written is told, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from typer.testing import CliRunner

from motomind_nb import backup, legacy, postgres
from motomind_nb.backup import files, manifest_json, proof
from motomind_nb.cli import app
from motomind_nb.core import MotomindError


@pytest.fixture
def folder(traps_database: str, tmp_path: Path) -> Path:
    backup.take_backup(traps_database, tmp_path / "backup")
    return tmp_path / "backup"


def rewritten(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Change the text of a file as a wrong writer would: with checksums that fit."""
    path = folder / "tables" / f"{name}.csv.zst"
    text = zstandard.ZstdDecompressor().stream_reader(path.open("rb")).read().decode()
    content = change(text).encode()
    path.write_bytes(zstandard.ZstdCompressor().compress(content))
    facts = json.loads((folder / "manifest.json").read_text())
    for item in facts["objects"]:
        if item["name"] == name:
            item["checksum"], item["size"] = files.sha256(path), len(content)
    held = manifest_json.from_json(facts)
    files.write_manifest(folder, held)


def test_what_was_just_taken_is_proved(folder: Path) -> None:
    assert proof.prove_backup(folder).rows() > 0


CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "NULL written as N": (lambda text: text.replace("\\N", "N"), "column"),
    "a row less": (lambda text: text[: text.rstrip("\n").rindex("\n") + 1], "rows?, found"),
    "a row twice": (lambda text: text + text.splitlines()[-1] + "\n", "rows?, found"),
    "a value less": (
        lambda text: "\n".join(line.rpartition(",")[0] for line in text.splitlines()) + "\n",
        "values, found",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_rows_that_are_not_as_written_are_named(folder: Path, change: str) -> None:
    rewritten(folder, "odometer_readings", CHANGES[change][0])
    with pytest.raises(MotomindError, match=CHANGES[change][1]) as error:
        proof.prove_backup(folder)
    assert error.value.subject.startswith("odometer_readings") and error.value.exit_code == 2


def test_a_json_file_holds_the_rows_of_its_backup(folder: Path, tmp_path: Path) -> None:
    path = backup.write_json_file(folder, tmp_path / "all.json")
    counted = proof.prove_json_file(folder, path)
    held = backup.read_manifest(folder).rows_by_table()
    assert len(counted) == 10 and counted == {name: held[name] for name in counted}


@pytest.mark.parametrize("change", ["another value", "no such row"])
def test_a_json_file_that_differs_is_named(folder: Path, tmp_path: Path, change: str) -> None:
    path = backup.write_json_file(folder, tmp_path / "all.json")
    facts = json.loads(path.read_text())
    if change == "another value":
        facts["garages"][0]["name"] += " "
    else:
        facts["garages"].pop()
    path.write_text(json.dumps(facts))
    with pytest.raises(MotomindError, match="garages row"):
        proof.prove_json_file(folder, path)


def test_the_command_says_what_each_form_holds(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of a database that writes backslashes as other servers do not."""
    with postgres.connect(sample_database, autocommit=True) as connection:
        name = connection.info.dbname
        statement = f"ALTER DATABASE {name} SET standard_conforming_strings = off"
        connection.execute(statement.encode())
        kept = [*legacy.catalog.KEPT, *legacy.catalog.FOLDED]
        counted = {
            item: postgres.value(connection, f"SELECT count(*) FROM public.{item}".encode())  # type: ignore[arg-type]
            for item in legacy.catalog.tables()
        }
    monkeypatch.setenv("DEPOT", sample_database)
    for form, tables in (("folder", [*counted]), ("json", kept)):
        to = tmp_path / form
        words = ["backup", "--source", "env:DEPOT", "--to", str(to), "--format", form]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        filled = sum(counted[item] > 0 for item in tables)
        total = sum(counted[item] for item in tables)
        expected = f"{filled} tables with {total:,} rows, read back and verified"
        assert expected in result.stdout
        assert ("has no place for" in result.stdout) == (form == "json")
    assert json.loads((tmp_path / "json").read_text())["garages"][0]["name"] != "N"

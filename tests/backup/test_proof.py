"""A backup reads its own files back: what is not as it was written is told, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from typer.testing import CliRunner

from motomind_nb import backup, legacy, postgres
from motomind_nb.backup import files, manifest_json, proof, scan
from motomind_nb.backup.unpacking import unpacked
from motomind_nb.cli import app
from motomind_nb.core import MotomindError
from motomind_nb.postgres import Column


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
    assert proof.read_back_all_rows(folder).rows() > 0


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
        proof.read_back_all_rows(folder)
    assert error.value.subject.startswith("odometer_readings") and error.value.exit_code == 2


@pytest.mark.parametrize("change", CHANGES)
def test_one_pattern_a_row_is_as_strict_as_reading_each_value(folder: Path, change: str) -> None:
    held = backup.read_manifest(folder)
    for item in held.tables():
        assert scan.count_written_rows(unpacked(folder, item), item.columns) == item.rows
    rewritten(folder, "odometer_readings", CHANGES[change][0])
    item = backup.read_manifest(folder).object("odometer_readings")
    assert scan.count_written_rows(unpacked(folder, item), item.columns) != item.rows


COLUMNS = (
    Column("id", "uuid", nullable=False, default=None),
    Column("Straße, no", "text", nullable=False, default=None),
    Column("day", "date", nullable=True, default=None),
    Column("amount", "numeric(9,2)", nullable=True, default=None),
    Column("seen", "timestamp with time zone", nullable=True, default=None),
)
KEY = "0c1d2e3f-0000-4000-8000-00000000000a"
HEADER = 'id,"Straße, no",day,amount,seen\n'
# lines of a file -> whether they are of the form that the server writes
LINES = {
    f"{KEY},x,2024-02-29,9.690,2024-02-29 07:30:00+00\n": True,
    f'{KEY},"a ""quoted"", b\nand a line, ""\n",infinity,NaN,\\N\n': True,
    f'{KEY},"\\N",-infinity,-0.10,10000-01-01 00:00:00+00\n': True,
    f"{KEY},,\\N,1e+300,0044-03-15 00:00:00+00 BC\n": True,
    f"{KEY},Łódź ✓,\\N,\\N,\\N\n": True,
    f"{KEY},\\N,\\N,\\N,\\N\n": False,  # NULL where none may be
    "\\N,x,\\N,\\N,\\N\n": False,
    f"{KEY},x,yesterday,\\N,\\N\n": False,
    f"{KEY},x,\\N,twelve,\\N\n": False,
    f"{KEY},x,\\N,,\\N\n": False,  # an empty text is no number
    f"{KEY[:-1]},x,\\N,\\N,\\N\n": False,
    f"{KEY},x,\\N,\\N\n": False,
    f"{KEY},x,\\N,\\N,\\N,\\N\n": False,
    f'{KEY},"never ends,\\N,\\N,\\N\n': False,
    f'{KEY},half"quoted,\\N,\\N,\\N\n': False,
    f"{KEY},x,\\N,\\N,\\N": False,  # cut before its line end
}


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("line", LINES)
def test_a_row_is_counted_only_in_the_form_that_is_written(line: str, size: int) -> None:
    """Whatever block of bytes it is cut into."""
    good = next(iter(LINES))
    content = (HEADER + good * 3 + line).encode()
    blocks = [content[at : at + size] for at in range(0, len(content), size)]
    assert scan.count_written_rows(blocks, COLUMNS) == (4 if LINES[line] else None)


def test_bytes_that_are_no_text_are_not_counted() -> None:
    line = next(iter(LINES)).encode()
    assert scan.count_written_rows([HEADER.encode(), line], COLUMNS) == 1
    assert scan.count_written_rows([HEADER.encode(), line.replace(b"x", b"\xff")], COLUMNS) is None
    assert scan.count_written_rows([HEADER.encode()], COLUMNS) == 0
    assert scan.count_written_rows([], COLUMNS) is None


def test_a_json_file_holds_the_rows_of_its_backup(folder: Path, tmp_path: Path) -> None:
    path = backup.write_json_file(folder, tmp_path / "all.json")
    counted = proof.compare_json_with_backup(folder, path)
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
        proof.compare_json_with_backup(folder, path)


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

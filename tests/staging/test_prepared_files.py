"""A backup whose files somebody wrote by hand, signed like a sound one: refused in one line."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from loads import sample_backup

from motomind_nb import postgres, staging
from motomind_nb.core import Refused
from motomind_nb.postgres import Server

Change = Callable[[bytes], bytes]
NAME = "tables/garages.csv.zst"


@pytest.fixture(scope="module")
def sound(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of the sample."""
    return sample_backup(server, tmp_path_factory.mktemp("sound") / "backup")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return Path(shutil.copytree(sound, tmp_path / "backup"))


def sign(folder: Path, packed: bytes, size: int, **facts: Any) -> None:
    """Put packed bytes in the place of the garages and sign the folder, as its writer could."""
    (folder / NAME).write_bytes(packed)
    held = json.loads((folder / "manifest.json").read_text())
    item = next(one for one in held["objects"] if one["name"] == "garages")
    item.update(checksum=hashlib.sha256(packed).hexdigest(), size=size, **facts)
    data = json.dumps(held).encode()
    (folder / "manifest.json").write_bytes(data)
    sums = {one["file"]: one["checksum"] for one in held["objects"] if one["file"]}
    sums["manifest.json"] = hashlib.sha256(data).hexdigest()
    text = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    (folder / "SHA256SUMS").write_text(text)


def rewritten(folder: Path, change: Change, **facts: Any) -> None:
    """Change the rows of the garages and sign the folder."""
    rows = change(zstandard.decompress((folder / NAME).read_bytes(), 1 << 24))
    sign(folder, zstandard.compress(rows), len(rows), **facts)


def refusal(folder: Path, conninfo: str) -> Refused:
    """How the stage refuses a folder: in one line, with nothing written."""
    with postgres.connect(conninfo) as connection:
        with pytest.raises(Refused) as raised:
            staging.restore_backup(connection, folder)
        connection.rollback()
        assert postgres.value(connection, "SELECT to_regnamespace('legacy') IS NULL")
    assert raised.value.exit_code == 3 and "\n" not in str(raised.value)
    return raised.value


def split(rows: bytes) -> tuple[bytes, bytes]:
    """The header of a file, and all that follows."""
    header, _, rest = rows.partition(b"\n")
    return header, rest


def header(change: Change) -> Change:
    """A change of the header alone."""
    return lambda rows: change(split(rows)[0]) + b"\n" + split(rows)[1]


def body(change: Change) -> Change:
    """A change of the rows alone."""
    return lambda rows: split(rows)[0] + b"\n" + change(split(rows)[1])


ROWS: dict[str, Change] = {
    "a byte order mark": lambda rows: b"\xef\xbb\xbf" + rows,
    "ends of lines of both kinds": header(lambda line: line + b"\r"),
    "UTF-16": lambda rows: rows.decode().encode("utf-16"),
    "another encoding": body(lambda rest: rest.replace(b"Home", b"H\xf6me", 1)),
    "half a letter at the end": lambda rows: rows + b"\xe2\x82",
    "U+0000 in a value": body(lambda rest: rest.replace(b"Home", b"Ho\0me", 1)),
    "U+0000 in the header": header(lambda line: line.replace(b"name", b"na\0me", 1)),
    "a column twice": header(lambda line: line.replace(b"lng", b"lat", 1)),
    "columns in another order": header(lambda line: line.replace(b"lat,lng", b"lng,lat")),
    "10,000 columns": header(lambda line: line + b",c" * 10_000),
    "10,000 values": body(lambda rest: b",".join([b"x"] * 10_000) + b"\n" + rest),
    "no header": lambda rows: split(rows)[1],
    "no byte": lambda rows: rows[:0],
    "a row twice": body(lambda rest: rest.split(b"\n")[0] + b"\n" + rest),
    "a row less": body(lambda rest: b"\n".join(rest.split(b"\n")[:-2]) + b"\n"),
    "an empty line": body(lambda rest: b"\n" + rest),
    "a quote without its other": body(lambda rest: rest.replace(b'"', b"", 1)),
    "the old end of COPY": body(lambda rest: b"\\.\n" + rest),
    "a value of ten million letters": body(
        lambda rest: rest.replace(b"Home", b"H" * 10_000_000, 1)
    ),
    "two values exchanged": body(lambda rest: rest.replace(b"Home", b"Cabin", 1)),
    "a NULL where none may be": body(lambda rest: rest.replace(b"Home", b"\\N", 1)),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_that_are_not_as_a_backup_writes_them(
    name: str, folder: Path, empty_database: str
) -> None:
    rewritten(folder, ROWS[name])
    error = refusal(folder, empty_database)
    assert "garages" in error.subject and "\0" not in str(error) and len(str(error)) < 3000


@pytest.mark.parametrize("rows", [0, 1, 5, 10**12])
def test_a_manifest_with_another_number_of_rows(
    rows: int, folder: Path, empty_database: str
) -> None:
    rewritten(folder, lambda held: held, rows=rows)
    assert "garages" in refusal(folder, empty_database).subject


def test_an_untouched_folder_signed_anew_is_staged(folder: Path, empty_database: str) -> None:
    rewritten(folder, lambda held: held)
    with postgres.connect(empty_database) as connection:
        assert staging.restore_backup(connection, folder)


def frames(*parts: bytes) -> bytes:
    """Bytes packed as one frame after the other."""
    return b"".join(map(zstandard.compress, parts))


def test_what_follows_the_first_frame_of_a_file(folder: Path, empty_database: str) -> None:
    """A reader that stops at the first frame would never see the second."""
    rows = zstandard.decompress((folder / NAME).read_bytes(), 1 << 24)
    more = split(rows)[1].split(b"\n")[0] + b"\n"
    sign(folder, frames(rows, more), len(rows))
    assert "garages" in refusal(folder, empty_database).subject


def test_a_bomb_of_many_small_frames(folder: Path, empty_database: str) -> None:
    rows = zstandard.decompress((folder / NAME).read_bytes(), 1 << 24)
    sign(folder, zstandard.compress(rows) + frames(bytes(1 << 22)) * 2000, len(rows))
    assert "garages" in refusal(folder, empty_database).subject


def test_a_file_with_holes(folder: Path, empty_database: str) -> None:
    """Ten gigabytes that the disk does not hold."""
    os.truncate(folder / NAME, 10 << 30)
    with postgres.connect(empty_database) as connection, pytest.raises(Refused) as raised:
        staging.restore_backup(connection, folder)
    assert raised.value.subject == NAME and "\n" not in str(raised.value)


def test_a_file_that_has_another_name_too_is_a_file(folder: Path, empty_database: str) -> None:
    os.link(folder / NAME, folder.parent / "elsewhere.csv.zst")
    with postgres.connect(empty_database) as connection:
        assert staging.restore_backup(connection, folder)


def test_a_folder_of_an_odd_name_is_told_in_one_line(folder: Path) -> None:
    """Damaged, it is refused; the name neither breaks the line nor colours a terminal."""
    odd = folder.rename(folder.with_name("two\nlines \x1b[31mred مركبة \u202e12 🚗 a b'c\"d"))
    (odd / "manifest.json").write_text("{}")
    command = [sys.executable, "-m", "motomind_nb", "audit", "--source", str(odd)]
    done = subprocess.run(
        [*command, "--runs", str(odd.parent / "runs")], capture_output=True, text=True, check=False
    )
    (verdict,) = (odd.parent / "runs").glob("*/verdict.json")
    facts = json.loads(verdict.read_text())
    assert done.returncode == 3, done.stdout + done.stderr
    assert facts["object"] == "manifest.json" and facts["source"].startswith("two lines ")
    for said in (done.stdout, done.stderr, facts["source"]):
        assert "\x1b" not in said and "\u202e" not in said and "two\nlines" not in said
    assert "مركبة" in done.stdout and "🚗" in done.stdout

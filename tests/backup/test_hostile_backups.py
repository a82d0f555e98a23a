"""A folder or a file that somebody prepared: each is refused in one line, quickly."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import zstandard
from loads import sample_backup

from motomind_nb import backup, postgres, staging
from motomind_nb.backup import Manifest, files
from motomind_nb.backup.from_json.decode import DECODER, Bad
from motomind_nb.core import Refused
from motomind_nb.postgres import Server


@contextmanager
def refused_quickly() -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect a refusal in one line within seconds."""
    start = time.monotonic()
    with pytest.raises(Refused) as raised:
        yield raised
    assert time.monotonic() - start < 10
    assert raised.value.exit_code == 3 and "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def sound(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of the sample."""
    return sample_backup(server, tmp_path_factory.mktemp("sound") / "backup")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return Path(shutil.copytree(sound, tmp_path / "backup"))


def linked_folder(folder: Path) -> None:
    (folder / "tables").rename(folder.parent / "elsewhere")
    (folder / "tables").symlink_to(folder.parent / "elsewhere")


def linked_file(folder: Path) -> None:
    path = folder / "tables" / "garages.csv.zst"
    path.rename(folder.parent / "elsewhere")
    path.symlink_to(folder.parent / "elsewhere")


def linked_manifest(folder: Path) -> None:
    (folder / "manifest.json").rename(folder.parent / "elsewhere")
    (folder / "manifest.json").symlink_to(folder.parent / "elsewhere")


def link_to_all(folder: Path) -> None:
    (folder / "tables" / "more").symlink_to("/")


def pipe(folder: Path) -> None:
    (folder / "tables" / "garages.csv.zst").unlink()
    os.mkfifo(folder / "tables" / "garages.csv.zst")


def pipe_beside(folder: Path) -> None:
    os.mkfifo(folder / "views" / "more")


def pipe_for_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    os.mkfifo(folder / "manifest.json")


def pipe_for_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()
    os.mkfifo(folder / "SHA256SUMS")


def endless_manifest(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 1 << 40)


def deep_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[" * 1_000_000)


PREPARED = (
    linked_folder,
    linked_file,
    linked_manifest,
    link_to_all,
    pipe,
    pipe_beside,
    pipe_for_manifest,
    pipe_for_sums,
    endless_manifest,
    deep_manifest,
)


@pytest.mark.parametrize("spoil", PREPARED, ids=lambda spoil: spoil.__name__)
def test_what_is_no_file_of_its_own_is_refused(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    with refused_quickly():
        backup.verify_backup(folder)


def test_a_sound_backup_is_not(folder: Path) -> None:
    assert backup.verify_backup(folder).rows() > 70


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "named").symlink_to(folder)
    assert backup.verify_backup(tmp_path / "named").rows() > 70


def sign(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest's facts and sign the folder again, as its writer could."""
    facts = json.loads((folder / "manifest.json").read_text())
    change(facts)
    data = json.dumps(facts).encode()
    (folder / "manifest.json").write_bytes(data)
    sums = {item["file"]: item["checksum"] for item in facts["objects"] if item.get("file")}
    lines = {**sums, "manifest.json": files.hashlib.sha256(data).hexdigest()}
    text = "".join(f"{lines[name]}  {name}\n" for name in sorted(lines))
    (folder / "SHA256SUMS").write_text(text)


def of(facts: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in facts["objects"] if item["name"] == name)


EDITED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a file outside": lambda facts: of(facts, "garages").update(file="../../etc/passwd"),
    "an absolute file": lambda facts: of(facts, "garages").update(file="/etc/passwd"),
    "the file of another table": lambda facts: of(facts, "users").update(
        file=of(facts, "garages")["file"], checksum=of(facts, "garages")["checksum"]
    ),
    "absent beside a file": lambda facts: of(facts, "vin_cache").update(present=False),
    "a needed table absent": lambda facts: of(facts, "fuel_logs").update(
        present=False, file=None, checksum=None, rows=None, size=None, fingerprint=None
    ),
    "a table without a file": lambda facts: of(facts, "garages").update(file=None),
    "rows without an end": lambda facts: of(facts, "garages").update(rows=10**30),
    "rows as a fraction": lambda facts: of(facts, "garages").update(rows=1.5),
    "rows as a text": lambda facts: of(facts, "garages").update(rows="4"),
    "rows as true": lambda facts: of(facts, "garages").update(rows=True),
    "a size without an end": lambda facts: of(facts, "garages").update(size=1 << 60),
    "no size": lambda facts: of(facts, "garages").pop("size"),
    "a key more": lambda facts: of(facts, "garages").update(more=1),
    "a name with U+0000": lambda facts: of(facts, "garages")["columns"][0].update(name="i\0d"),
    "half a pair": lambda facts: of(facts, "garages")["columns"][0].update(name="\ud800"),
    "a name that is a list": lambda facts: of(facts, "garages")["columns"][0].update(name=["id"]),
    "columns as a text": lambda facts: of(facts, "garages").update(columns="id"),
    "a view as a table": lambda facts: of(facts, "fleet_overview").update(kind="table"),
    "an object more": lambda facts: facts["objects"].append(
        {**of(facts, "garages"), "name": "more"}
    ),
    "an object twice": lambda facts: facts["objects"].append(of(facts, "garages")),
    "no source": lambda facts: facts.update(source={}),
    "a server of no version": lambda facts: facts["source"].update(server_version_num="x"),
    "a list": lambda facts: facts.update(source=[]),
    "a format before": lambda facts: facts.update(format=3),
}


@pytest.mark.parametrize("name", EDITED)
def test_an_edited_manifest_is_refused(folder: Path, name: str) -> None:
    sign(folder, EDITED[name])
    with refused_quickly() as raised:
        backup.verify_backup(folder)
    assert raised.value.expected == "a manifest of format 4"


def test_a_number_without_an_end_in_a_manifest(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"rows": 4', '"rows": 1e99999999'))
    with refused_quickly():
        backup.verify_backup(folder)


def test_an_unchanged_manifest_is_read(folder: Path) -> None:
    sign(folder, lambda facts: facts)
    assert backup.verify_backup(folder).rows() > 70


def packed(folder: Path, data: bytes, **changed: Any) -> Manifest:
    """Put other bytes into the file of garages, signed, with some facts changed."""
    path = folder / "tables" / "garages.csv.zst"
    path.write_bytes(data)
    sign(
        folder,
        lambda facts: of(facts, "garages").update(checksum=files.sha256(path), **changed),
    )
    return backup.read_manifest(folder)


def test_a_file_that_unpacks_to_more_than_declared(folder: Path, empty_database: str) -> None:
    """A gigabyte of zeros in some kilobytes: only what is declared is ever unpacked."""
    packer = zstandard.ZstdCompressor(3).compressobj()
    zeros = bytes(1 << 24)
    data = b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
    packed(folder, data)
    with postgres.connect(empty_database) as connection, refused_quickly() as raised:
        staging.restore_backup(connection, folder)
    assert raised.value.subject == "tables/garages.csv.zst"
    assert "bytes unpacked" in raised.value.expected
    with refused_quickly():
        backup.write_json_file(folder, folder.parent / "export.json")
    assert not list(folder.parent.glob("export.json*"))


def test_a_file_that_unpacks_to_less_than_declared(folder: Path, empty_database: str) -> None:
    size = backup.read_manifest(folder).object("garages").size or 0
    data = (folder / "tables" / "garages.csv.zst").read_bytes()
    packed(folder, data, size=size + 1)
    with postgres.connect(empty_database) as connection, refused_quickly() as raised:
        staging.restore_backup(connection, folder)
    assert raised.value.found == f"{size:,}"


def test_a_file_that_wants_the_memory_of_the_machine(folder: Path, empty_database: str) -> None:
    settings = zstandard.ZstdCompressionParameters(window_log=30, compression_level=3)
    data = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    packed(folder, data.compress(b"id\n") + data.flush())
    with postgres.connect(empty_database) as connection, refused_quickly():
        staging.restore_backup(connection, folder)


@pytest.mark.parametrize(
    "text", ["1e99999999", "-1E+99999999", "1e-99999999", "0e99999999", "1e9999999999999999999"]
)
def test_a_number_without_an_end_in_json(text: str) -> None:
    start = time.monotonic()
    with pytest.raises(Bad, match="a power of ten"):
        DECODER.raw_decode(f'{{"total_amount": {text}}}')
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("text", ["1e400", "1.50E-7", "1e0", "-0.0", "1e0000000001"])
def test_other_numbers_keep_their_digits(text: str) -> None:
    assert DECODER.raw_decode(f'{{"total_amount": {text}}}')[0] == {"total_amount": text}

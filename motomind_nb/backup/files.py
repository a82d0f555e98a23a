"""A backup folder on disk: its manifest is written last, and every byte is verified on reading."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from motomind_nb.backup.manifest import FORMAT, Manifest
from motomind_nb.backup.manifest_json import as_json, from_json
from motomind_nb.core import MotomindError, Refused, naming_path
from motomind_nb.postgres import Relation

NAME = "manifest.json"
SUMS = "SHA256SUMS"
# zstd adds at most a 256th and a few bytes a block to what can't be packed (zstd.h, COMPRESSBOUND)
OVERHEAD = 1 << 16
LARGEST = 1 << 27  # bytes of a manifest; one with thousands of definitions has a few million
AGAIN = "take the backup again, or restore this file from another copy"


@contextmanager
def create_folder_or_undo(folder: Path) -> Iterator[None]:
    """Make the folder; remove it with all that is in it when the block raises anything.

    Raises: Refused when it exists and is not empty; MotomindError when it can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            folder.name, "a new or empty folder", "one that holds files", "name another folder"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise MotomindError(
                str(error.filename or folder),
                "a folder that can be written",
                error.strerror or str(error),
                "free some space, or name another folder",
            ) from error
        raise


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write SHA256SUMS and then, in one step, manifest.json: only now is the folder a backup."""
    text = json.dumps(as_json(manifest), indent=1, ensure_ascii=False) + "\n"
    data = text.encode()
    _durable(folder / SUMS, sha256sums_content(manifest, data))
    part = folder / f"{NAME}.part"
    _durable(part, data)
    part.replace(folder / NAME)


def sha256sums_content(manifest: Manifest, data: bytes) -> bytes:
    """Return the bytes of SHA256SUMS for a manifest and its own bytes."""
    every = {**manifest.files(), NAME: hashlib.sha256(data).hexdigest()}
    return "".join(f"{every[name]}  {name}\n" for name in sorted(every)).encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup folder, itself verified; the other files are not read.

    Raises: Refused when there is none (a half-written backup) or it is damaged.
    """
    for name in (NAME, SUMS):
        _refuse_irregular(folder / name, name)
    if not (folder / NAME).is_file():
        raise Refused(
            "backup folder",
            NAME,
            "none: not a backup, or one that did not end",
            "take the backup again into a new folder",
        )
    size = (folder / NAME).stat().st_size
    if size > LARGEST:
        raise Refused(NAME, f"at most {LARGEST:,} bytes", f"{size:,}", AGAIN)
    data = (folder / NAME).read_bytes()
    manifest = _parsed(data)
    if not (folder / SUMS).is_file() or (folder / SUMS).read_bytes() != sha256sums_content(
        manifest, data
    ):
        raise Refused(
            NAME,
            f"the checksums in {SUMS}",
            "other ones or no such file: one of them is damaged",
            AGAIN,
        )
    return manifest


@lru_cache(maxsize=1)
def _parsed(data: bytes) -> Manifest:
    """Return the manifest of its bytes, parsed once for all that ask of the same backup.

    Raises: Refused when they are none.
    """
    try:
        return from_json(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(
            NAME,
            f"a manifest of format {FORMAT}",
            f"{type(error).__name__}: {str(error)[:200]}",
            AGAIN,
        ) from None


def verify_backup(folder: Path) -> Manifest:
    """Return the manifest after comparing every file with it: none missing, extra or changed.

    Raises: Refused, naming the first file that differs. Reads only.
    """
    manifest = read_manifest(folder)
    expected = {*manifest.files(), NAME, SUMS}
    found = set(_names(folder))
    for name in sorted(expected - found):
        raise Refused(name, "a file of the backup", "no such file", AGAIN)
    for name in sorted(found - expected):
        raise Refused(name, "only files that the manifest names", "an extra file", "move it away")
    for item in manifest.objects:
        _refuse_size(folder, item)
    for name, checksum in manifest.files().items():
        actual = sha256(folder / name)
        if actual != checksum:
            raise Refused(name, f"sha256 {checksum[:12]}", f"{actual[:12]}: damaged", AGAIN)
    return manifest


def _refuse_size(folder: Path, item: Relation) -> None:
    """Raise Refused for a file that is larger than its rows can be when they are packed."""
    most = (item.size or 0) + (item.size or 0) // 256 + OVERHEAD
    if item.file and (found := (folder / item.file).stat().st_size) > most:
        raise Refused(item.file, f"at most {most:,} bytes", f"{found:,}: damaged", AGAIN)


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of the files in a folder and below, relative to it.

    Raises: Refused for what is neither a folder nor a file of its own.
    """
    for place, folders, names in os.walk(folder):
        for name in sorted((*folders, *names)):
            path = Path(place, name)
            shown = path.relative_to(folder).as_posix()
            _refuse_irregular(path, shown)
            if name in names:
                yield shown


def _refuse_irregular(path: Path, name: str) -> None:
    """Raise Refused for a link, a pipe or a device: it may be another file, or have no end."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return  # not there: told by those who want it
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        kind = "a symbolic link" if stat.S_ISLNK(mode) else "no file of its own (a pipe or device)"
        raise Refused(name, "a file of the backup", kind, "put the file itself there")


def checksum_of_all(folder: Path) -> str:
    """Return one checksum for every file of a backup, its manifest included. Reads only.

    Raises: Refused when the folder is no backup.
    """
    read_manifest(folder)
    return sha256(folder / SUMS)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _durable(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk holds it."""
    with naming_path(path), path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

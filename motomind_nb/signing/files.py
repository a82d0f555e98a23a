"""The files of a run folder and their checksums."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from motomind_nb.core import naming_path

NO_FILE = "no regular file"  # stands for the checksum of a link, a pipe or a device


def checksums(folder: Path, left_out: str) -> dict[str, str]:
    """Return name -> sha256 of every file below a folder but one, in the order of their names.

    Links are not followed: they, pipes and devices have ``NO_FILE`` for a checksum. Reads only.
    """
    found = {name: folder / name for name in _names(folder) if name != left_out}
    return {name: _checksum(found[name]) for name in sorted(found)}


def _names(folder: Path) -> Iterator[str]:
    """Yield the name of everything below a folder that is no folder."""
    for place, folders, files in os.walk(folder, onerror=_raise):
        here = Path(place)
        linked = [name for name in folders if (here / name).is_symlink()]
        for name in (*files, *linked):
            yield (here / name).relative_to(folder).as_posix()


def _raise(error: OSError) -> None:
    """Raise what the system says of a folder that can't be read."""
    raise error


def _checksum(path: Path) -> str:
    """Return the sha256 of a file, ``NO_FILE`` for what is none."""
    if path.is_symlink() or not path.is_file():
        return NO_FILE
    with naming_path(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

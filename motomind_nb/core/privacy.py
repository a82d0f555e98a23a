"""Folders that are closed to other users, whatever the umask: they hold a copy of all rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OTHERS = 0o077


@contextmanager
def private_files() -> Iterator[None]:
    """Let what this process and its children make meanwhile be closed to other users."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def close_to_others(folder: Path) -> None:
    """Close a folder and all that is in it to other users. Writes: the modes of both."""
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # a kernel may write and rename meanwhile
            if not path.is_symlink() and path.stat().st_mode & OTHERS:
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)

"""Small file systems of their own, to be filled to the last byte."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FULL = "No space left on device"


@contextmanager
def disk(kilobytes: int) -> Iterator[Path]:
    """A file system of its own of some kilobytes."""
    place = Path(tempfile.mkdtemp(prefix="motomind-test-", dir="/tmp"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "tmpfs", str(place)]
    made = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False)
    if not made or made.returncode:
        place.rmdir()
        pytest.skip("this user may not mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        place.rmdir()


def fill(place: Path) -> None:
    """Leave no byte free."""
    for size in (1 << 20, 1 << 12, 1):
        with (place / f"filler {size}").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue

"""The rows of a backup's file, unpacked: never more than the manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import zstandard

from motomind_nb.core import Refused
from motomind_nb.postgres import Relation

BLOCK = 1 << 20
WINDOW = 1 << 27  # bytes that unpacking may look back; our own files need 2 MB at most


def unpacked(folder: Path, item: Relation) -> Iterator[bytes]:
    """Yield the bytes of an object's file, unpacked.

    Raises: Refused, naming the file, when it does not unpack, or to another size than declared.
    """
    declared, seen = item.size or 0, 0
    try:
        with (folder / str(item.file)).open("rb") as file:
            reader = zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(file)
            while block := reader.read(BLOCK):
                seen += len(block)
                if seen > declared:
                    raise _refused(item, f"{declared:,} bytes unpacked", f"more than {declared:,}")
                yield block
    except zstandard.ZstdError as error:
        raise _refused(item, "a file that unpacks", f"one that does not: {error}") from None
    if seen != declared:
        raise _refused(item, f"{declared:,} bytes unpacked", f"{seen:,}")


def _refused(item: Relation, expected: str, found: str) -> Refused:
    """Return the refusal of an object's file."""
    return Refused(str(item.file), expected, found, "take the backup again")

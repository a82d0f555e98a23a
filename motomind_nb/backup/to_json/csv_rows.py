"""Read the rows of a backup file: NULL and the text that looks like it stay apart."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import zstandard

NULL = "\\N"
FIELD = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*)),')


def rows(path: Path) -> Iterator[list[str | None]]:
    """Yield the rows of a file, without its header; each value as its exact text, NULL as None."""
    found = records(path)
    next(found)
    for record in found:
        yield [_value(match) for match in FIELD.finditer(f"{record},")]


def records(path: Path) -> Iterator[str]:
    """Yield the records of a file without their line ends, the header first."""
    with path.open("rb") as file:
        text = io.TextIOWrapper(
            zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8", newline="\n"
        )
        lines: list[str] = []
        quoted = False
        for line in text:
            lines.append(line)
            quoted ^= line.count('"') % 2 == 1
            if not quoted:  # a line end within quotes belongs to a value
                yield "".join(lines)[:-1]
                lines.clear()


def _value(match: re.Match[str]) -> str | None:
    """Return a field's text; NULL is the mark without quotes."""
    if match.lastindex == 1:
        return match[1].replace('""', '"')
    return None if match[2] == NULL else match[2]

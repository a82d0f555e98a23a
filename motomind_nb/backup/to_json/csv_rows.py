"""Read the rows of a backup file: NULL and the text that looks like it stay apart."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

NULL = "\\N"
FIELD = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*)),')


def rows(blocks: Iterable[bytes]) -> Iterator[list[str | None]]:
    """Yield the rows of a file, without its header; each value as its exact text, NULL as None.

    ``blocks`` are the file's bytes, unpacked.
    """
    found = records(blocks)
    next(found)
    for record in found:
        yield [_value(match) for match in FIELD.finditer(f"{record},")]


def records(blocks: Iterable[bytes]) -> Iterator[str]:
    """Yield the records of a file without their line ends, the header first."""
    lines: list[str] = []
    quoted = False
    for line in _lines(blocks):
        lines.append(line)
        quoted ^= line.count('"') % 2 == 1
        if not quoted:  # a line end within quotes belongs to a value
            yield "".join(lines)[:-1]
            lines.clear()


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a text, each with its line end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    held = ""
    for block in blocks:
        *whole, held = (held + decoder.decode(block)).split("\n")
        yield from (f"{line}\n" for line in whole)
    if held:
        yield held


def _value(match: re.Match[str]) -> str | None:
    """Return a field's text; NULL is the mark without quotes."""
    if match.lastindex == 1:
        return match[1].replace('""', '"')
    return None if match[2] == NULL else match[2]

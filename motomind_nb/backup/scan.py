"""Read a backup's file with one pattern a row: how many rows of the form that is written it holds.

The pattern of a row is stricter than a reader: values of a type that needs no quotes have none. A
file that it does not match is no fault yet; whoever asks reads it value by value then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from motomind_nb.postgres import Column

# how the server writes values of a built-in type; all other texts are taken as they are
WRITTEN = {
    # written out: a group that repeats costs more than its letters
    r"uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    r"boolean": r"[tf]",
    r"(small|big)?int(eger)?": r"-?\d+",
    r"numeric(\(.*\))?|real|double precision": r"-?\d[\d.]*(?:e[+-]\d+)?|NaN|-?Infinity",
    r"date|timestamp.*": r"\d{4,}-.+|-?infinity",
    r"time .*": r"\d\d:.+",
}
QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'
BARE = rb'[^",\n]*+'
NULL = rb"\\N"
NOT_NULL = rb"(?!\\N[,\n])"


def form_of(type_name: str) -> str | None:
    """Return the form of the values of a type, None where any text will do."""
    forms = (form for name, form in WRITTEN.items() if re.fullmatch(name, type_name))
    return next(forms, None)


def count_written_rows(blocks: Iterable[bytes], columns: Sequence[Column]) -> int | None:
    """Return how many rows a file holds, None where one is not of the form that is written.

    ``blocks`` are the file's bytes, unpacked, its header first. A row has a value for each column,
    of the form of its type, NULL only where the column allows it, and all bytes are UTF-8.
    """
    row = re.compile(rb",".join(map(_value, columns)) + rb"\n")
    number, rest = 0, b""
    header = True
    for block in blocks:
        rest += block
        if header and b"\n" in rest:
            rest, header = rest.partition(b"\n")[2], False
        if header:
            continue
        counted, end = _matched(row, rest)
        if not counted and _has_record(rest):
            return None
        try:
            rest[:end].decode()
        except UnicodeDecodeError:
            return None
        number, rest = number + counted, rest[end:]
    return None if header or rest else number


def _matched(row: re.Pattern[bytes], text: bytes) -> tuple[int, int]:
    """Return how many rows stand at the beginning of a text, and where they end."""
    match = row.scanner(text).match  # type: ignore[attr-defined]
    number, last = 0, None
    while found := match():
        number, last = number + 1, found
    return number, last.end() if last else 0


def _has_record(text: bytes) -> bool:
    """Return whether a text holds a whole record: a line end that does not stand within quotes."""
    return b"\n" in re.sub(QUOTED, b"", text).partition(b'"')[0]


def _value(column: Column) -> bytes:
    """Return the pattern of a column's values as they stand in the file."""
    form = form_of(column.type)
    if form is None:
        value = rb"(?:" + QUOTED + rb"|" + BARE + rb")"
        return value if column.nullable else NOT_NULL + value
    bare = re.sub(r"(?<!\\)\.\+", r'[^",\\n]+', form).encode()
    return rb"(?:" + bare + (rb"|" + NULL if column.nullable else rb"") + rb")"

"""A backup proves its own files: every row is read back, as one who restores it would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from motomind_nb.backup import files
from motomind_nb.backup.from_json import decode, json_with_exact_numbers, read_objects
from motomind_nb.backup.manifest import Manifest
from motomind_nb.backup.scan import count_written_rows, form_of
from motomind_nb.backup.to_json import json_value_writer, rows
from motomind_nb.backup.unpacking import unpacked
from motomind_nb.core import MotomindError, rows_counted
from motomind_nb.postgres import Relation

AGAIN = "take the backup again; if it comes back, report it as a bug"


def read_back_all_rows(folder: Path) -> Manifest:
    """Read all rows of a backup folder's tables back and return its manifest. Reads only.

    Raises: Refused for a damaged folder; MotomindError, naming the object, for rows that are not
    as many, not as wide, or not of the types that the manifest says.
    """
    held = files.verify_backup(folder)
    for item in held.tables():
        number = count_written_rows(unpacked(folder, item), item.columns)
        if number is None:  # read value by value, which names what is wrong
            number = sum(1 for _ in _proved_rows(item, folder))
        if number != item.rows:
            raise _differs(item.name, rows_counted(item.rows), rows_counted(number))
    return held


def compare_json_with_backup(folder: Path, path: Path) -> dict[str, int]:
    """Compare a JSON file with its backup; return how many rows of each object it holds.

    Reads only. Raises: Refused for a file that can't be read; MotomindError, naming the object
    and the row, for one that differs.
    """
    held = files.read_manifest(folder)
    counted: dict[str, int] = {}

    def take(name: str, found: Iterator[dict[str, Any]]) -> None:
        item = held.object(name)
        counted[name] = 0
        for number, (one, other) in enumerate(
            zip_longest(_json_rows(item, folder), map(json_with_exact_numbers, found)), 1
        ):
            if one != other:
                raise _differs(f"{name} row {number}", "the row of the backup", "another or none")
            counted[name] = number

    read_objects(path, take)
    return counted


def _proved_rows(item: Relation, folder: Path) -> Iterator[Sequence[str | None]]:
    """Yield the rows of an object's file, each value of the form of its type."""
    patterns = [_pattern(column.type) for column in item.columns]
    for number, row in enumerate(rows(unpacked(folder, item)), 1):
        if len(row) != len(patterns):
            raise _differs(
                f"{item.name} row {number}", f"{len(patterns)} values", f"{len(row)} values"
            )
        for column, pattern, text in zip(item.columns, patterns, row, strict=True):
            wrong = not column.nullable if text is None else pattern and not pattern.fullmatch(text)
            if wrong:
                found = "NULL" if text is None else "another text"
                place = f"{item.name} row {number}, column {column.name}"
                raise _differs(place, f"a value of type {column.type}", found)
        yield row


@cache
def _pattern(type_name: str) -> re.Pattern[str] | None:
    """Return the form of the values of a type, None where any text will do."""
    form = form_of(type_name)
    return None if form is None else re.compile(form)


def _json_rows(item: Relation, folder: Path) -> Iterator[str]:
    """Yield the rows of a backup as JSON, in the one form that both sides are compared in."""
    names = [column.name for column in item.columns]
    writers = [json_value_writer(column.type) for column in item.columns]
    for row in _proved_rows(item, folder):
        values = [
            None if value is None else decode(write(value), 0)[0]
            for write, value in zip(writers, row, strict=True)
        ]
        yield json_with_exact_numbers(dict(zip(names, values, strict=True)))


def _differs(place: str, expected: str, found: str) -> MotomindError:
    """Return the error of a file that does not hold what was written."""
    return MotomindError(place, expected, found, AGAIN)

"""A backup folder as the single JSON file of the original export, every digit kept."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from motomind_nb.backup import files
from motomind_nb.backup.manifest import Manifest
from motomind_nb.backup.to_json.csv_rows import rows
from motomind_nb.backup.to_json.values import json_value_writer
from motomind_nb.backup.unpacking import unpacked
from motomind_nb.core import naming_path
from motomind_nb.postgres import Relation

# key of the file -> object, in the order of the original export
SHAPE: tuple[tuple[str, str | tuple[str, ...]], ...] = (
    ("tenants", "tenants"),
    ("users", "users"),
    ("garages", "garages"),
    ("vehicles", "vehicles"),
    ("current_events", "vehicle_events"),
    ("legacy_events", ("odometer_readings", "fuel_logs", "service_records")),
    ("vehicle_images", "vehicle_images"),
    ("reminders", "reminders"),
)


def write_json_file(folder: Path, path: Path) -> Path:
    """Write the ten kept and folded objects of a backup as the original export's JSON; return it.

    The other 25 objects have no place in that shape: keep the folder. Writes: path, in one step.
    Raises: Refused for a damaged folder.
    """
    backup = files.verify_backup(folder)
    part = path.with_name(f"{path.name}.part")
    try:
        with naming_path(path), part.open("w", encoding="utf-8", newline="\n") as file:
            for text in _file(backup, folder):
                file.write(text)
            _flush(file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _file(backup: Manifest, folder: Path) -> Iterator[str]:
    """Yield the file's text."""
    yield f'{{\n"timestamp": {json.dumps(backup.source["taken_at"])}'
    for key, content in SHAPE:
        yield f",\n{json.dumps(key)}: "
        if isinstance(content, str):
            yield from _rows(backup.object(content), folder)
            continue
        for number, name in enumerate(content):
            yield f"{',' if number else '{'}\n{json.dumps(name)}: "
            yield from _rows(backup.object(name), folder)
        yield "\n}"
    yield "\n}\n"


def _rows(item: Relation, folder: Path) -> Iterator[str]:
    """Yield an object's rows as a JSON list, one row a line."""
    names = [json.dumps(column.name) for column in item.columns]
    writers = [json_value_writer(column.type) for column in item.columns]
    between = "["
    for row in rows(unpacked(folder, item)):
        members = (
            f"{name}: {'null' if value is None else write(value)}"
            for name, write, value in zip(names, writers, row, strict=True)
        )
        yield f"{between}\n{{{', '.join(members)}}}"
        between = ","
    yield "[]" if between == "[" else "\n]"


def _flush(file: TextIO) -> None:
    """Wait until the disk holds the file."""
    file.flush()
    os.fsync(file.fileno())

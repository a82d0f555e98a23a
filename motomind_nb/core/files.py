"""Files that are written: an error names them, and JSON is there whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def naming_path(path: Path) -> Iterator[None]:
    """Let an error of the system in the block name this path where it names none.

    A file that is opened is named, one that is written is not: a full disk is met when writing.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        raise OSError(error.errno, os.strerror(error.errno), str(path)) from error


def read_json_or_empty(path: Path) -> dict[str, Any]:
    """Return a JSON file's object, an empty one when there is no file."""
    if not path.exists():
        return {}
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def json_text(facts: dict[str, Any]) -> str:
    """Return an object as the text of a JSON file."""
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def write_json(path: Path, facts: dict[str, Any]) -> None:
    """Write a JSON file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with naming_path(path):
        part.write_text(json_text(facts), encoding="utf-8")
    part.replace(path)

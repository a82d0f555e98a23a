"""JSON files that a reader sees whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_json_or_empty(path: Path) -> dict[str, Any]:
    """Return a JSON file's object, an empty one when there is no file."""
    if not path.exists():
        return {}
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def write_json(path: Path, facts: dict[str, Any]) -> None:
    """Write a JSON file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    part.write_text(text, encoding="utf-8")
    part.replace(path)

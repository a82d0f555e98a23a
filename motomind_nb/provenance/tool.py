"""Which tool, rebuilt schema and mapping gave a result: the same files give the same facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from motomind_nb import __version__
from motomind_nb.core import resources

KINDS = (".sql", ".csv")


def tool_facts() -> dict[str, str]:
    """Return the tool's version, and what the schema and the mapping that it ships are.

    Columns: version (text), schema and mapping (SHA-256 over names and contents of the files).
    """
    schema = resources.packaged_folder("schema") / "target"
    mapping = [resources.PACKAGE / "legacy", resources.PACKAGE / "load" / "sql"]
    return {
        "version": __version__,
        "schema": _digest(schema, _files(schema)),
        "mapping": _digest(resources.PACKAGE, [path for item in mapping for path in _files(item)]),
    }


def _files(folder: Path) -> list[Path]:
    """Return the SQL and CSV files below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in KINDS)


def _digest(base: Path, paths: Iterable[Path]) -> str:
    """Return the SHA-256 over the names and contents of files; the folder's place is no part."""
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(base).as_posix()
        digest.update(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()

"""The packaged definitions, schema/target/definitions.csv: what a rebuild makes, on any server.

Views' queries and functions' bodies stand there as checksums: their texts are in the numbered
files. PostgreSQL 15 writes a view's columns with the names of their tables, later versions do not,
so a query's checksum is that of the text without them. What holds rows of the source's own form
(the views through which staged rows are read) is not in the file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from pathlib import Path

from motomind_nb.core import Finding, resources
from motomind_nb.rebuilt.capture.comparison import differences
from motomind_nb.rebuilt.capture.lines import Capture, Line

CHECK = "rebuilt definition"
DEFINITIONS = Path("target", "definitions.csv")  # below folder schema
SCHEMAS = ("public", "private", "audit")
MADE_FROM_SOURCE = re.compile(r"loadable_\w+")
HASHED = ("query", "body")
QUALIFIER = re.compile(
    r'\b(?!(?:public|private|audit|legacy|pg_catalog)\.)(?:[a-z_]\w*|"[^"]+")\.(?=[\w"*])'
)


def compare_with_package(captured: Capture) -> list[Finding]:
    """Return a failure for each difference between what was built and the package, or one ok.

    Objects that stood in the target's schema before are left out. Reads only.
    """
    expected = packaged_lines()
    found = [
        item.finding(CHECK) for item in differences(expected, server_independent_lines(captured))
    ]
    told = f"{len(expected):,} definitions as packaged"
    return found or [Finding(CHECK, "rebuilt schema", told, "equal both ways", "ok")]


def packaged_lines() -> list[Line]:
    """Return the lines of the packaged file."""
    path = resources.packaged_folder("schema") / DEFINITIONS
    with path.open(encoding="utf-8", newline="") as file:
        return [Line(**row) for row in csv.DictReader(file)]


def packaged_columns(schema: str) -> dict[str, set[str]]:
    """Return the columns of each relation that a rebuild makes in a schema."""
    found: dict[str, set[str]] = {}
    for line in packaged_lines():
        if line.schema == schema and line.kind == "column":
            found.setdefault(line.object, set()).add(line.name)
    return found


def packaged_relations(schema: str) -> list[str]:
    """Return the names of the relations and indexes that a rebuild makes in a schema."""
    lines = [line for line in packaged_lines() if line.schema == schema]
    relations = {line.object for line in lines if line.kind == "relation"}
    return sorted(relations | {line.name for line in lines if line.kind == "index"})


def packaged_text(captured: Capture) -> str:
    """Return the packaged file's text for a target that was just built."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Line))
    writer.writerows(astuple(line) for line in sorted(server_independent_lines(captured)))
    return out.getvalue()


def server_independent_lines(captured: Capture) -> Iterator[Line]:
    """Yield the lines that every rebuild makes, in the form in which all servers agree."""
    theirs = set(captured.theirs)
    for line in captured.lines:
        of_source = line.schema == "audit" and MADE_FROM_SOURCE.fullmatch(line.object)
        if line.schema in SCHEMAS and line.subject not in theirs and not of_source:
            yield replace(line, text=_checksum(line)) if line.kind in HASHED else line


def _checksum(line: Line) -> str:
    """Return the checksum of a query or a body."""
    text = QUALIFIER.sub("", line.text) if line.kind == "query" else line.text
    return f"sha256 {hashlib.sha256(text.encode()).hexdigest()}"

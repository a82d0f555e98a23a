"""What changed in the schema since the rehearsal: each definition that differs, by name."""

from __future__ import annotations

import hashlib
from collections import Counter

from motomind_nb.apply.planning.points import open_point
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, as_one_line

Line = tuple[str, str, str, str]  # object, kind, name, text
LONGEST = 160
MOST = 20  # open points that are told one by one


def schema_lines(held: Manifest) -> list[Line]:
    """Return each column and definition of the objects and of their schema as one line."""
    found: list[Line] = []
    for item in held.objects:
        if item.present:
            found.append((item.name, "object", item.kind, ""))
        found += [
            (item.name, "column", column.name, f"{column.type} {column.nullable} {column.default}")
            for column in item.columns
        ]
        found += [(item.name, one.kind, one.name, one.text) for one in item.definitions]
    return [*found, *(("(schema)", one.kind, one.name, one.text) for one in held.definitions)]


def schema_fingerprint(held: Manifest) -> str:
    """Return one value for all definitions: equal for equal schemas, whatever their rows."""
    lines = sorted("\x1f".join(line) for line in schema_lines(held))
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def schema_points(rehearsed: Manifest, now: Manifest) -> list[Finding]:
    """Return an open point for each definition that is not as it was rehearsed."""
    before, here = Counter(schema_lines(rehearsed)), Counter(schema_lines(now))
    gone, new = sorted((before - here).elements()), sorted((here - before).elements())
    if not gone and not new:
        return []
    told = [
        *((line, "as rehearsed", "missing or another one") for line in gone),
        *((line, "none that was not rehearsed", "a new one or another text") for line in new),
    ]
    points = [
        open_point(
            f"{line[0]} {line[1]} {line[2]}",
            f"{expected}: {as_one_line(line[3], LONGEST)}"
            if expected == "as rehearsed"
            else expected,
            found if expected == "as rehearsed" else f"{found}: {as_one_line(line[3], LONGEST)}",
            "the schema changed since the rehearsal: rehearse again",
        )
        for line, expected, found in told[:MOST]
    ]
    if len(told) > MOST:
        points.append(
            open_point(
                "schema",
                "as rehearsed",
                f"{len(told) - MOST:,} further definitions differ",
                "rehearse again",
            )
        )
    return points

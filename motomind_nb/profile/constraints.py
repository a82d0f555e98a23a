"""The rules of the target, tried on the legacy rows before anything is loaded."""

from __future__ import annotations

import re
from typing import Any

import pandas
from psycopg import sql as parts

from motomind_nb import catalog, sql
from motomind_nb.database import Connection, rows
from motomind_nb.profile.rules import DEFAULT, Rules
from motomind_nb.profile.scan import attributes

RULE = re.compile(
    r"^-- Rule: (?P<name>[^|]+?) \| (?P<target>[^|]+?) \| (?P<outcome>.+)$", re.MULTILINE
)
READS = re.compile(r"\blegacy\.(\w+)")


def constraints(connection: Connection, rules: Rules = DEFAULT) -> pandas.DataFrame:
    """Return each rule of the target with the legacy rows that would break it. Reads only.

    Columns: object, rule, target (what the rule belongs to); rows (that break it, None where that
    was not counted); samples (up to three keys); outcome (what becomes of such rows, or why they
    were not counted). One pass over each table.
    """
    present = set(attributes(connection))
    counts = rows(connection, sql.query("profile/source_objects"))
    events = sum(row["rows"] or 0 for row in counts if row["object"] in catalog.EVENT_SOURCES)
    lines: list[tuple[Any, ...]] = []
    for name in sql.names("profile/rules"):
        absent = sorted(set(READS.findall(sql.text(name))) - present)
        why = f"{', '.join(absent)} is absent" if absent else ""
        if name.endswith("event_ids") and events > rules.exact_rows:
            why = why or f"{events:,} events; the load finds every id that is used twice"
        lines += _of(connection, name, why)
    names = ["object", "rule", "target", "rows", "samples", "outcome"]
    return pandas.DataFrame(lines, columns=names, dtype=object)


def _of(connection: Connection, name: str, why_not: str) -> list[tuple[Any, ...]]:
    """Return the rules of one file with their counts."""
    text, source = sql.text(name), name.rpartition("/")[2].replace("event_ids", "event tables")
    found: dict[str, Any] = {}
    if not why_not:
        broken = parts.SQL(" OR ").join(parts.Identifier(rule[0]) for rule in RULE.findall(text))
        statement = sql.query("profile/violations", judged=sql.query(name), broken=broken)
        found = {row["rule"]: row for row in rows(connection, statement)}
    lines = []
    for rule in RULE.finditer(text):
        count = found.get(rule["name"], {"rows": None if why_not else 0, "samples": []})
        outcome = f"not checked: {why_not}" if why_not else rule["outcome"]
        lines.append((source, rule["name"], rule["target"], count["rows"],
                      ", ".join(count["samples"]), outcome))  # fmt: skip
    return lines

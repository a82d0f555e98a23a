"""The rules of the target, tried on the legacy rows before anything is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.load import RuleFile, rule_files
from motomind_nb.postgres import Connection, Row, in_source, query, rows
from motomind_nb.profile.columns import attributes
from motomind_nb.profile.rules import DEFAULT, Rules

if TYPE_CHECKING:
    import pandas as pd


def find_rows_breaking_rules(connection: Connection, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return each rule of the target with the legacy rows that would break it. Reads only.

    Columns: object, rule, target (what the rule belongs to); rows (that break it, None where that
    was not counted); samples (up to three keys); outcome (what becomes of such rows, or why they
    were not counted). One pass over each table.
    """
    import pandas as pd

    present = set(attributes(connection))
    counts = rows(connection, query("profile/source_objects"))
    events = sum(row["rows"] or 0 for row in counts if row["object"] in catalog.EVENT_SOURCES)
    lines: list[tuple[Any, ...]] = []
    for file in rule_files():
        absent = sorted(file.reads - present)
        why = f"{', '.join(absent)} is absent" if absent else ""
        if file.source == "event_ids" and events > rules.exact_rows:
            why = why or f"{events:,} events; the load finds every id that is used twice"
        lines += _lines(file, {} if why else _broken(connection, file), why)
    names = ["object", "rule", "target", "rows", "samples", "outcome"]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _broken(connection: Connection, file: RuleFile) -> dict[str, Row]:
    """Return, by rule, how many rows break it, with samples. Rules that are kept are left out."""
    shown = sql.SQL(", ").join(sql.Identifier(rule.name) for rule in file.rules if rule.shown)
    statement = query("profile/violations", judged=file.select(in_source), shown=shown)
    return {row["rule"]: row for row in rows(connection, statement)}


def _lines(file: RuleFile, broken: dict[str, Row], why_not: str) -> list[tuple[Any, ...]]:
    """Return the rules of one file with their counts."""
    kept: Row = {"rows": None if why_not else 0, "samples": []}
    return [
        (
            file.source.replace("event_ids", "event tables"),
            rule.name,
            rule.target,
            broken.get(rule.name, kept)["rows"],
            ", ".join(broken.get(rule.name, kept)["samples"]),
            f"not checked: {why_not}" if why_not else rule.outcome,
        )
        for rule in file.rules
        if rule.shown
    ]

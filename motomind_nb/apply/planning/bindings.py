"""What is to be bound to the rebuilt tables: whether it can be, and what --also may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import sql

from motomind_nb import rebuilt
from motomind_nb.apply.outside import Bound
from motomind_nb.apply.planning.points import open_point, to_know
from motomind_nb.apply.state import SOURCE_SCHEMA
from motomind_nb.backup import Dependent, Manifest
from motomind_nb.core import Finding, as_one_line
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query, rows

LONGEST = 2000  # characters of a text to start from; longer ones are cut
TEXTS = {
    "materialized view": "apply/also/materialized_view",
    "policy": "apply/also/policy",
    "trigger": "apply/also/trigger",
}
ON = re.compile(r" on (?=\S+$)")
BY_ALSO = "say handled = also and bind it by --also"


def binding_points(connection: Connection, bound: Sequence[Bound]) -> list[Finding]:
    """Return an open point for each of these that cannot be bound anew as it is. Reads only."""
    found: list[Finding] = []
    for item in bound:
        if not item.owned:
            action = f"let its owner bind it, or {BY_ALSO} as a role that may"
            found.append(open_point(item.subject, "one that this role owns", "another's", action))
        if not item.fires:
            expected = "a key whose triggers are all enabled"
            found.append(open_point(item.subject, expected, "disabled ones", BY_ALSO))
    return [*found, *_without_successor(connection, bound)]


def _without_successor(connection: Connection, bound: Sequence[Bound]) -> Iterator[Finding]:
    """Yield an open point for each relation and column that the rebuilt schema lacks."""
    values = {"schema": SOURCE_SCHEMA, "names": list(catalog.objects())}
    columns = rebuilt.packaged_columns(SOURCE_SCHEMA)
    for row in rows(connection, query("apply/outside/uses"), values):
        item = next((one for one in bound if _is_of(one, row)), None)
        name, part = row["object"], row["part"]
        if item is None or (name in columns and (not part or part in columns[name])):
            continue
        lacking = f"{name}.{part}" if name in columns else name
        yield open_point(
            item.subject, "names that the rebuilt schema has", f"{lacking}, which it lacks", BY_ALSO
        )


def _is_of(item: Bound, row: dict[str, Any]) -> bool:
    """Return whether a use is that of this view or function."""
    if row["kind"] == "view":
        return item.kind == "view" and item.place == row["place"]
    return item.kind == "function" and item.routine == row["routine"]


def texts_to_start_from(
    connection: Connection, now: Manifest, points: Sequence[Finding]
) -> list[Finding]:
    """Return for each open dependent that only --also can bind a text to begin with. Reads only."""
    subjects = {item.subject for item in points}
    return [
        to_know(f"{item.kind} {item.name}", f"--also may begin with: {_text(connection, item)}")
        for item in now.outside
        if item.kind in TEXTS and f"{item.kind} {item.name}" in subjects
    ]


def _text(connection: Connection, item: Dependent) -> str:
    """Return a statement that makes a dependent anew over the names that it has now."""
    name, text = sql.SQL(ON.sub(" ON ", item.name)), sql.SQL(item.text.strip())
    lines = query(TEXTS[item.kind], name=name, text=text).as_string(connection).splitlines()
    return as_one_line("\n".join(one for one in lines if not one.startswith("--")), LONGEST)

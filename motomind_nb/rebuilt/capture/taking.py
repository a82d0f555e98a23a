"""Take a capture: everything that the server's catalog says of the schemas and around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from psycopg import sql

from motomind_nb.postgres import (
    API_ROLES,
    Connection,
    Schemas,
    query,
    query_names,
    rows,
    rows_of_each,
    value,
)
from motomind_nb.rebuilt.capture.lines import OWNER, Capture, Line
from motomind_nb.rebuilt.capture.partitions import fold_partitions


def capture_target(connection: Connection, theirs: Sequence[str] = ()) -> Capture:
    """Return all lines of the four schemas and of what surrounds them. Reads only.

    ``theirs`` names the objects that stood in the target's schema before ours. The role that owns
    the rebuilt schema is written (owner); who that is has a line of its own.
    """
    whole = capture_objects(connection).with_lines_of(capture_environment(connection))
    return replace(whole, theirs=tuple(theirs))


def capture_objects(connection: Connection) -> Capture:
    """Return the lines of all objects in the four schemas. Reads only."""
    with connection.transaction(force_rollback=True):
        connection.execute(query("rebuilt/capture/look"))
        owner = value(connection, query("rebuilt/capture/owner")) or ""
        found = [_with_owner(line, owner) for line in _objects(connection)]
    return Capture(tuple(sorted(fold_partitions(found))))


def capture_environment(connection: Connection) -> Capture:
    """Return the lines of what surrounds the four schemas. Reads only."""
    with connection.transaction(force_rollback=True):
        connection.execute(query("rebuilt/capture/look"))
        owner = value(connection, query("rebuilt/capture/owner")) or ""
        return Capture(tuple(sorted(_environment(connection, owner))))


def objects_in_target(connection: Connection) -> tuple[str, ...]:
    """Return the names of all objects in the target's schema, before ours are made. Reads only."""
    with connection.transaction(force_rollback=True):
        connection.execute(query("rebuilt/capture/look"))
        schemas = connection.schemas
        named = [
            query("rebuilt/capture/named", captured=query(name), schema=sql.Literal(schemas.target))
            for name in query_names("rebuilt/capture/objects")
        ]
        final = _final_names(schemas)
        found = {
            Line("public", final(row["object"]), "", "", "").subject
            for several in rows_of_each(connection, named)
            for row in several
        }
    return tuple(sorted(found))


def objects_that_stayed(before: Sequence[str], captured: Capture) -> tuple[str, ...]:
    """Return which of the target's objects are still there and were not moved to legacy."""
    now = {line.subject for line in captured.lines}
    moved = {f"public.{line.object}" for line in captured.lines if line.schema == "legacy"}
    return tuple(name for name in before if name in now and name not in moved)


def _objects(connection: Connection) -> Iterator[Line]:
    """Yield the lines of all objects in the four schemas."""
    final = _final_names(connection.schemas)
    queries = [query(name) for name in query_names("rebuilt/capture/objects")]
    for found in rows_of_each(connection, queries):
        for row in found:
            yield Line(**{column: final(text) for column, text in row.items()})


def _environment(connection: Connection, owner: str) -> Iterator[Line]:
    """Yield the lines of what the server brings along."""
    names = query_names("rebuilt/capture/environment")
    if value(connection, query("rebuilt/capture/has_cron")):
        names.append("rebuilt/capture/cron")
    final = _final_names(connection.schemas)
    roles = list(API_ROLES)
    yield Line("", "rebuilt schema", "owner", "", owner)
    for name in names:
        for row in rows(connection, query(name), {"roles": roles}):
            yield Line(schema="", **{column: final(text) for column, text in row.items()})


def _with_owner(line: Line, owner: str) -> Line:
    """Return a line with the owner of the rebuilt schema written (owner)."""
    if line.kind == "owner" and line.text == owner:
        return replace(line, text=OWNER)
    return replace(line, name=OWNER) if line.kind == "grant" and line.name == owner else line


def _final_names(schemas: Schemas) -> Callable[[str], str]:
    """Return a function that puts public and legacy for the connection's names, in any text."""
    known = {schemas.source: "legacy", schemas.target: "public"}
    either = "|".join(known)
    whole = rf"\b(?:{either})(?=\.)|(?<=')(?:{either})(?=')"
    pattern = re.compile(rf"{whole}|^(?:{either})$|(?<=schema )(?:{either})$")
    return lambda text: pattern.sub(lambda found: known[found[0]], text)

"""In which schema the 35 objects stand: public, or legacy after a migration in place."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.legacy import catalog, function_names
from motomind_nb.postgres import Connection, query

PUBLIC, LEGACY = "public", "legacy"
APPLICATIONS = ("audit", "application")


def find_schema(connection: Connection) -> str:
    """Return the schema of the 35 objects: legacy where a migration in place moved them there.

    The staged copy of a rehearsal, which stands in schema legacy too, is no source. Reads only.
    """
    moved = not _holds_tables(connection, PUBLIC) and _holds_tables(connection, LEGACY)
    return LEGACY if moved and _is_applied(connection) else PUBLIC


def _holds_tables(connection: Connection, schema: str) -> bool:
    """Return whether a schema holds every kept and folded table."""
    found = postgres.relations(connection, schema)
    needed = (*catalog.KEPT, *catalog.FOLDED)
    return all(found.get(name, {}).get("kind") == "table" for name in needed)


def _is_applied(connection: Connection) -> bool:
    """Return whether what stands in schema legacy was moved there, and not restored."""
    values = {"schema": LEGACY, "functions": list(function_names())}
    found = postgres.rows(connection, query("backup/moved"), values)[0]
    listed = found["listed"] and postgres.value(
        connection, query("backup/count", relation=APPLICATIONS)
    )
    return bool(found["functions"] or listed)

"""What the server's own catalog says for and against an apply: open points, and what to know."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from motomind_nb import load, postgres, rebuilt
from motomind_nb.apply import outside
from motomind_nb.apply.acts import TABLES
from motomind_nb.apply.moving import function_signatures
from motomind_nb.apply.planning.points import open_point, to_know
from motomind_nb.apply.state import SOURCE_SCHEMA
from motomind_nb.core import Finding, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query, query_names, rows


def asked_of_catalog(connection: Connection) -> dict[str, Any]:
    """Return the parameters of the catalog's questions."""
    years = {*load.event_years(connection)} if has_tables(connection) else set[int]()
    return {
        "schema": SOURCE_SCHEMA,
        "tables": list(TABLES),
        "names": list(catalog.objects()),
        "signatures": function_signatures(),
        "years": len(years) + 4,
        "session": connection.info.backend_pid,
        "replaced": list(outside.REPLACED),
        "made": rebuilt.packaged_relations(SOURCE_SCHEMA),
    }


def has_tables(connection: Connection) -> bool:
    """Return whether all legacy tables are there."""
    values = {"schema": SOURCE_SCHEMA, "tables": list(TABLES)}
    return not rows(connection, query("apply/open/04_objects"), values)


def catalog_points(connection: Connection, values: dict[str, Any]) -> list[Finding]:
    """Return what the server's own catalog has against an apply."""
    found = [
        open_point(row["subject"], row["expected"], row["found"], row["action"])
        for name in query_names("apply/open")
        for row in rows(connection, _with_parts(name), values)
    ]
    for refuse in (postgres.refuse_without_roles, postgres.refuse_without_membership):
        try:
            refuse(connection)
        except Refused as error:
            found.append(open_point(error.subject, error.expected, error.found, error.action))
    return found


def catalog_warnings(connection: Connection, values: dict[str, Any]) -> list[Finding]:
    """Return what the operator should know and need not decide."""
    return [
        to_know(row["subject"], row["found"])
        for name in query_names("apply/warnings")
        for row in rows(connection, _with_parts(name), values)
    ]


def _with_parts(name: str) -> sql.Composed:
    """Return a query with what several of them read alike."""
    parts = ("functions", "published")
    return query(name, **{part: query(f"apply/parts/{part}") for part in parts})

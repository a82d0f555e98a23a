"""Whether a database can be the target."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.core import Refused
from motomind_nb.postgres import Connection, query


def refuse_target(connection: Connection) -> None:
    """Refuse a target that is too old, not in UTF8, not empty, or lacks a role or a right.

    Reads only.
    Raises: Refused, with the SQL that an administrator runs for missing roles and rights.
    """
    postgres.version(connection)
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Refused("target", "a database in UTF8", f"one in {encoding}", "name another one")
    held = postgres.rows(connection, query("staging/relations"))
    if held:
        found = ", ".join(f"{row['schema']} {row['relations']}" for row in held)
        raise Refused(
            "target",
            "an empty database",
            f"relations in its schemas ({found})",
            "name an empty database as the target",
        )
    postgres.refuse_without_roles(connection)
    postgres.refuse_without_membership(connection)
    _refuse_without_rights(connection)


def _refuse_without_rights(connection: Connection) -> None:
    """Refuse a role that may not create schemas in the database, or objects in those it has."""
    lacking = postgres.rows(connection, query("staging/missing_rights"))
    if lacking:
        raise Refused(
            "target",
            "an owner who may create schemas and, in those that are there, objects",
            "no right to create in " + ", ".join(row["found"] for row in lacking),
            "let an administrator run: " + " ".join(row["statement"] for row in lacking),
        )

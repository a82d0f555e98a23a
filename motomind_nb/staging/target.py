"""Whether a database can be the target, and what the restored texts need on it."""

from __future__ import annotations

from dataclasses import replace

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Refused
from motomind_nb.postgres import Connection, query

UUID_FUNCTION = "uuid_generate_v4"
EXTENSION_FUNCTION = f"extensions.{UUID_FUNCTION}"


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


def with_uuid_stand_in(connection: Connection, backup: Manifest) -> Manifest:
    """Return the manifest with its defaults as this target can hold them.

    Where the target has no uuid_generate_v4 the defaults call a stand-in in schema legacy.
    Writes: the stand-in, where a default needs it.
    """
    defaults = [column.default or "" for item in backup.tables() for column in item.columns]
    if not any(UUID_FUNCTION in text for text in defaults):
        return backup
    qualified = any(EXTENSION_FUNCTION in text for text in defaults)
    if qualified and postgres.value(
        connection, query("staging/has_function"), {"name": EXTENSION_FUNCTION}
    ):
        return backup
    connection.execute(query("staging/uuid_stand_in"))
    return replace(
        backup,
        objects=tuple(
            replace(
                item,
                columns=tuple(
                    replace(
                        column,
                        default=(column.default or "").replace(EXTENSION_FUNCTION, UUID_FUNCTION)
                        or None,
                    )
                    for column in item.columns
                ),
            )
            for item in backup.objects
        ),
    )

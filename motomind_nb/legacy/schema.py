"""The legacy schema: the 35 objects of schema/legacy, created in an empty database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psycopg

from motomind_nb.core import MotomindError, Refused, packaged_folder
from motomind_nb.postgres import (
    API_ROLES,
    Connection,
    mask_secrets,
    query,
    raise_outage,
    rows,
    value,
)


def files() -> tuple[Path, ...]:
    """Return the files of the 35 legacy objects in the order in which they load."""
    return tuple(sorted((packaged_folder("schema") / "legacy").glob("*.sql")))


def create_schema(connection: Connection) -> None:
    """Create the 35 legacy objects with their rules, policies and grants. Never commits.

    Raises: Refused when the database is not empty, MotomindError when a file does not load.
    """
    refuse_existing_relations(connection)
    refuse_unprepared(connection)
    run_files(connection, files())


def refuse_existing_relations(connection: Connection) -> None:
    """Raise Refused when a relation stands in public, legacy, private or audit. Reads only."""
    found = value(connection, query("legacy/relations"))
    if found:
        raise Refused(
            "database",
            "an empty one",
            f"{found} relations in public, legacy, private or audit",
            "name an empty database",
        )


def refuse_unprepared(connection: Connection) -> None:
    """Raise Refused, with all the SQL that an administrator runs, when the database lacks roles,
    schema extensions or its function. Reads only.
    """
    roles = rows(connection, query("postgres/missing_roles"), {"roles": list(API_ROLES)})
    others = rows(connection, query("legacy/missing_preparation"))
    lacking = [f"role {row['role']}" for row in roles] + [row["found"] for row in others]
    if lacking:
        statements = [API_ROLES[row["role"]] for row in roles] + [
            row["statement"] for row in others
        ]
        raise Refused(
            "target",
            f"the roles {', '.join(API_ROLES)} and schema extensions",
            f"no {', no '.join(lacking)}",
            f"create them first: {' '.join(statements)}",
        )


def run_files(connection: Connection, paths: Iterable[Path]) -> None:
    """Execute SQL files in order, in UTC: a legacy rule depends on the session's time zone.

    Writes: what the files write; the caller commits.
    Raises: MotomindError that names the file and the server's words.
    """
    connection.execute(query("legacy/pin_session"))
    for path in paths:
        try:
            connection.execute(path.read_bytes())
        except psycopg.Error as error:
            raise_outage(error)
            raise MotomindError(
                f"{path.parent.name}/{path.name}",
                "it to load",
                mask_secrets(error).split("\n", 1)[0],
                "check that the roles and the schema extensions are there",
            ) from error

"""The legacy database, built from schema/legacy: the 35 objects and the invented data sets.

Everything is deterministic: the files hold fixed ids and fixed times, and the session's time zone
is pinned before a row is written (a legacy rule depends on it).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psycopg

from motomind_nb import sql
from motomind_nb.database import Connection, value
from motomind_nb.errors import MotomindError, Refused
from motomind_nb.resources import folder

# a data set is the sample's rows and, after them, its own
DATA_SETS = {
    "sample": ("sample",),
    "traps": ("sample", "traps"),
    "unmapped": ("sample", "unmapped"),
}


def legacy_files() -> tuple[Path, ...]:
    """Return the files of the 35 legacy objects in the order in which they load."""
    return tuple(sorted((folder("schema") / "legacy").glob("*.sql")))


def data_files(name: str) -> tuple[Path, ...]:
    """Return the files of one data set in the order in which they load.

    Raises: MotomindError (exit code 2) for an unknown name.
    """
    name = name.removeprefix("sample:")
    if name not in DATA_SETS:
        raise MotomindError("sample", f"one of {', '.join(DATA_SETS)}", repr(name), "name one")
    data = folder("schema") / "legacy" / "data"
    return tuple(
        path
        for part in (*DATA_SETS[name], "finish")
        for path in sorted((data / part).glob("*.sql"))
    )


def create_legacy(connection: Connection) -> None:
    """Create the 35 legacy objects with their rules, policies and grants. Never commits.

    Raises: Refused when the database is not empty, MotomindError when a file does not load.
    """
    refuse_not_empty(connection)
    run_files(connection, legacy_files())


def fill(connection: Connection, name: str) -> None:
    """Write one data set into freshly created legacy tables. Never commits.

    Raises: MotomindError for an unknown name or a file that does not load.
    """
    files = data_files(name)
    connection.execute(sql.query("sample/pin_session"))
    run_files(connection, files)


def create(connection: Connection, name: str) -> None:
    """Create the legacy database with one data set: sample, traps or unmapped. Never commits.

    Raises: Refused when the database is not empty, MotomindError for an unknown name.
    """
    data_files(name)
    create_legacy(connection)
    fill(connection, name)


def refuse_not_empty(connection: Connection) -> None:
    """Raise Refused when a relation stands in public, legacy, private or audit. Reads only."""
    found = value(connection, sql.query("sample/relations"))
    if found:
        raise Refused(
            "database", "an empty one", f"{found} relations in public, legacy, private or audit",
            "name an empty database",
        )  # fmt: skip


def run_files(connection: Connection, files: Iterable[Path]) -> None:
    """Execute SQL files in order.

    Raises: MotomindError that names the file and the server's words.
    """
    for path in files:
        try:
            connection.execute(path.read_bytes())
        except psycopg.Error as error:
            raise MotomindError(
                f"{path.parent.name}/{path.name}", "it to load", str(error).split("\n", 1)[0],
                "check that the roles and the schema extensions are there",
            ) from error  # fmt: skip

"""The invented data sets in schema/legacy/data, all with fixed ids and fixed times."""

from __future__ import annotations

from pathlib import Path

from motomind_nb import legacy
from motomind_nb.database import Connection
from motomind_nb.errors import MotomindError
from motomind_nb.resources import folder

# a data set is the sample's rows and, after them, its own
DATA_SETS = {
    "sample": ("sample",),
    "traps": ("sample", "traps"),
    "unmapped": ("sample", "unmapped"),
}


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
    legacy.create(connection)


def fill(connection: Connection, name: str) -> None:
    """Write one data set into freshly created legacy tables. Never commits.

    Raises: MotomindError for an unknown name or a file that does not load.
    """
    legacy.run_files(connection, data_files(name))


def create(connection: Connection, name: str) -> None:
    """Create the legacy database with one data set: sample, traps or unmapped. Never commits.

    Raises: Refused when the database is not empty, MotomindError for an unknown name.
    """
    data_files(name)
    create_legacy(connection)
    fill(connection, name)

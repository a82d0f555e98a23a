"""The invented data sets in schema/legacy/data, all with fixed ids and fixed times."""

from __future__ import annotations

from pathlib import Path

from motomind_nb.core import MotomindError, packaged_folder
from motomind_nb.legacy import schema
from motomind_nb.postgres import Connection

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
    data = packaged_folder("schema") / "legacy" / "data"
    return tuple(
        path
        for part in (*DATA_SETS[name], "finish")
        for path in sorted((data / part).glob("*.sql"))
    )


def write_data_set(connection: Connection, name: str) -> None:
    """Write one data set into freshly created legacy tables. Never commits.

    Raises: MotomindError for an unknown name or a file that does not load.
    """
    schema.run_files(connection, data_files(name))


def create_sample(connection: Connection, name: str) -> None:
    """Create the legacy database with one data set: sample, traps or unmapped. Never commits.

    Raises: Refused when the database is not empty, MotomindError for an unknown name.
    """
    data_files(name)
    schema.create_schema(connection)
    write_data_set(connection, name)

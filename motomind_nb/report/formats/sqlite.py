"""``run.sqlite``: the tables of a run in one file, for Datasette, DuckDB or sqlite3."""

from __future__ import annotations

import csv
import errno
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from motomind_nb.core import tables

if TYPE_CHECKING:
    import pandas as pd

FILE = "run.sqlite"
TABLES = ("findings", "ledger", "lineage", "differences", "quarantine", "mileage")
LINEAGE_ROWS = 100_000  # of more rows lineage.csv is the only list
AT_ONCE = 20_000  # rows in memory: some 20 MB of text
WHOLE_NUMBERS = {
    "rows",
    "source_rows",
    "loaded",
    "quarantined",
    "archived",
    "missing",
    "before_miles",
    "after_miles",
    "naive_before_miles",
    "naive_after_miles",
    "before_readings",
    "after_readings",
}


def write_sqlite(folder: Path) -> Path:
    """Write the CSV files of a run as tables of one SQLite file; a missing one is left out.

    Counts and miles are whole numbers, all else is text; NULL where the CSV has no value.
    Writes: run.sqlite.
    """
    import pandas as pd

    path = folder / FILE
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as connection:
            for name in TABLES:
                _copy(connection, name, folder / f"{name}.csv")
            connection.commit()
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        part.unlink(missing_ok=True)
        raise _of_system(error, path) from error
    part.replace(path)
    return path


def _of_system(error: Exception, path: Path) -> OSError:
    """Return an error of SQLite as the system's: the disk is full, or the file can't be written."""
    known = error if isinstance(error, sqlite3.Error) else error.__cause__
    full = getattr(known, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    number = errno.ENOSPC if full else errno.EIO
    return OSError(number, os.strerror(number), str(path))


def _copy(connection: sqlite3.Connection, name: str, path: Path) -> None:
    """Copy one CSV file into a table of its name, some rows at a time."""
    if not path.exists() or (name == "lineage" and tables.count_rows(path) > LINEAGE_ROWS):
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows, [])
        kinds = {column: "INTEGER" if column in WHOLE_NUMBERS else "TEXT" for column in columns}
        part = _frame(columns, islice(rows, AT_ONCE))
        while columns:
            part.to_sql(name, connection, if_exists="append", index=False, dtype=kinds)
            part = _frame(columns, islice(rows, AT_ONCE))
            if part.empty:
                return


def _frame(columns: list[str], rows: Iterable[list[str]]) -> pd.DataFrame:
    """Return rows of a CSV file as values of the table."""
    import pandas as pd

    whole = [column in WHOLE_NUMBERS for column in columns]
    values = [[_value(text, one) for text, one in zip(row, whole, strict=True)] for row in rows]
    return pd.DataFrame(values, columns=columns, dtype=object)


def _value(text: str, whole: bool) -> str | int | None:
    """Return a cell as a value."""
    plain = tables.without_guard(text)
    if not plain:
        return None
    return int(plain) if whole and plain.lstrip("-").isdecimal() else plain

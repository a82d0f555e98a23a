"""Values that an earlier script made up: they look like facts and are none."""

from __future__ import annotations

from typing import Any

import pandas
from psycopg import sql as parts

from motomind_nb import catalog, sql
from motomind_nb.database import Connection, rows
from motomind_nb.profile.scan import SCHEMA, Attribute, attributes

MADE_UP = (
    ("vehicles", "year", "2020", "migration 047 wrote 2020 where the year was not known"),
    (
        "vehicles",
        "display_name",
        "Unknown",
        "stands where a vehicle had no name",
    ),
)
OVERWRITTEN = (("reminders", "due_date", "migration 036 overwrote due dates; none is certain"),)
ZERO = "migration 030 wrote the zero of computer clocks where the time was not known"


def fabricated(connection: Connection) -> pandas.DataFrame:
    """Return the values that are, or may be, made up. Reads only.

    Columns: object, column, value (what is made up), rows (that hold it), filled (rows with any
    value), why. None of them can be told from a true value that happens to be the same.
    """
    present = attributes(connection)
    lines = [line for name in catalog.tables() if name in present
             for line in _clock_zero(connection, present[name])]  # fmt: skip
    columns = {(one.object, one.name) for many in present.values() for one in many}
    for name, column, made_up, why in MADE_UP:
        if (name, column) in columns:
            filled, equal = _count(connection, name, column, made_up)
            lines.append((name, column, made_up, equal, filled, why))
    for name, column, why in OVERWRITTEN:
        if (name, column) in columns:
            filled, _ = _count(connection, name, column, None)
            lines.append((name, column, "any", filled, filled, why))
    names = ["object", "column", "value", "rows", "filled", "why"]
    return pandas.DataFrame(lines, columns=names, dtype=object)


def _count(connection: Connection, name: str, column: str, made_up: str | None) -> tuple[int, int]:
    """Return how many rows of a column hold anything, and how many one value."""
    statement = sql.query("profile/count_equal", table=(SCHEMA, name), column=column)
    row = rows(connection, statement, {"value": made_up})[0]
    return row["filled"], row["equal"]


def _clock_zero(connection: Connection, columns: list[Attribute]) -> list[tuple[Any, ...]]:
    """Return the columns of one table that hold points in time around 1970."""
    times = [column for column in columns if column.type.startswith("timestamp")]
    if not times:
        return []
    selected = parts.SQL(", ").join(
        parts.SQL("({})").format(
            sql.query("profile/parts/epoch", column=("scanned_row", column.name))
        )
        for column in times
    )
    with connection.cursor() as cursor:
        statement = sql.query(
            "profile/scan", table=(SCHEMA, times[0].object), columns=selected
        )  # fmt: skip
        counts = (cursor.execute(statement).fetchone() or ())[1:]
    return [(column.object, column.name, "before 1971", near, filled, ZERO)
            for column, (filled, near) in zip(times, counts, strict=True) if near]  # fmt: skip

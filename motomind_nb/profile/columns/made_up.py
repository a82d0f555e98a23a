"""Values that an earlier script made up: they look like facts and are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motomind_nb.postgres import Connection, in_source, query, rows
from motomind_nb.profile.columns.values import columns as take_columns

if TYPE_CHECKING:
    import pandas as pd

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
BEFORE_1971 = r"([\d,]+) before 1971"
ZERO = "migration 030 wrote the zero of computer clocks where the time was not known"


def fabricated(connection: Connection, columns: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the values that are, or may be, made up. Reads only.

    ``columns`` is the profile of the columns, where it has been taken already.

    Columns: object, column, value (what is made up), rows (that hold it), filled (rows with any
    value), why. None of them can be told from a true value that happens to be the same.
    """
    import pandas as pd

    taken = take_columns(connection) if columns is None else columns
    present = set(zip(taken["object"], taken["column"], strict=True))
    early = taken["notes"].str.extract(BEFORE_1971, expand=False)
    times = taken.assign(early=early)[taken["type"].str.startswith("timestamp") & early.notna()]
    lines: list[tuple[Any, ...]] = [
        (
            row["object"],
            row["column"],
            "before 1971",
            int(row["early"].replace(",", "")),
            row["rows"] - row["nulls"],
            ZERO,
        )
        for row in times.to_dict("records")
    ]
    for name, column, made_up, why in MADE_UP:
        if (name, column) in present:
            filled, equal = _count(connection, name, column, made_up)
            lines.append((name, column, made_up, equal, filled, why))
    for name, column, why in OVERWRITTEN:
        if (name, column) in present:
            filled, _ = _count(connection, name, column, None)
            lines.append((name, column, "any", filled, filled, why))
    names = ["object", "column", "value", "rows", "filled", "why"]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _count(connection: Connection, name: str, column: str, made_up: str | None) -> tuple[int, int]:
    """Return how many rows of a column hold anything, and how many one value."""
    statement = query("profile/count_equal", table=in_source(name), column=column)
    row = rows(connection, statement, {"value": made_up})[0]
    return row["filled"], row["equal"]

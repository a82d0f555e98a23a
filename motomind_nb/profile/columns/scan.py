"""Two passes over a table: exact aggregates of all rows, and values of all or some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from motomind_nb.postgres import Connection, Row, in_source, query, rows, selected_expression
from motomind_nb.profile.rules import Rules

SPELLED = 32
EVERY = 256
KEYS = 20
# a sample comes from so many times as many blocks as it needs, so that the rows of one block,
# which resemble each other, are only a few of it
SPREAD = 20
# the one kind of number that is negative by nature
COORDINATES = ("lat", "lng", "location_lat", "location_lng")
FIRST_YEAR = 1971
NOT_FINITE = {"NaN", "Infinity", "-Infinity"}
LIMITS = {"number": ("0", "negative"), "date": (f"{FIRST_YEAR}-01-01", f"before {FIRST_YEAR}")}


@dataclass(frozen=True)
class Attribute:
    """A column of the staged copy as it is."""

    object: str
    name: str
    type: str
    position: int
    family: str
    part: str
    nullable: bool
    is_unique: bool
    is_table: bool


@dataclass(frozen=True)
class Scan:
    """What was read of one table. ``share`` is the part of its rows whose values were counted."""

    rows: int
    share: float
    totals: dict[str, list[Any]]
    odd: dict[str, str]
    values: dict[str, Row]

    def sampled(self) -> int:
        """Return how many rows the values came from, as the fullest column tells."""
        return max((int(item["filled"]) for item in self.values.values()), default=0)


def attributes(connection: Connection) -> dict[str, list[Attribute]]:
    """Return the columns of each relation of the staged copy. Reads only."""
    found: dict[str, list[Attribute]] = {}
    for row in rows(connection, query("profile/attributes")):
        found.setdefault(row["object"], []).append(Attribute(**row))
    return found


def scan(connection: Connection, columns: list[Attribute], rules: Rules) -> Scan:
    """Return what two passes over a table say of its columns. Reads only."""
    total, totals = _totals(connection, columns)
    share = 1.0 if total <= rules.exact_rows else rules.sample_rows / total
    values = {} if total == 0 else _values(connection, columns, share, rules)
    odd = {column.name: _odd(connection, column, totals[column.name]) for column in columns}
    return Scan(total, share, totals, odd, values)


def _odd(connection: Connection, column: Attribute, totals: Sequence[Any]) -> str:
    """Return how many values lie outside of what is plausible, '' when the extremes do not.

    Only a column that needs it costs a further look.
    """
    _, lowest, highest = totals
    found = (_low(connection, column, lowest), _high(connection, column, lowest, highest))
    return "; ".join(text for text in found if text)


def _high(
    connection: Connection, column: Attribute, lowest: str | None, highest: str | None
) -> str:
    """Return how many values are no finite numbers, or lie beyond the years of four digits."""
    if column.family == "number" and {lowest, highest} & NOT_FINITE:
        name, what = "profile/not_finite", "NaN or infinity"
    elif column.family == "date" and highest is not None and _is_far(highest):
        name, what = "profile/after_9999", "after the year 9999"
    else:
        return ""
    statement = query(name, table=in_source(column.object), column=column.name)
    return f"{rows(connection, statement)[0]['rows']:,} {what}"


def _is_far(highest: str) -> bool:
    """Return whether a highest date, as text, is beyond the years of four digits."""
    return highest == "infinity" or highest.find("-", 1) > len("9999")


def _low(connection: Connection, column: Attribute, lowest: str | None) -> str:
    """Return how many values lie below what is plausible, '' when the lowest does not."""
    limit, what = LIMITS.get(column.family, ("", ""))
    if (
        not limit
        or lowest is None
        or column.name in COORDINATES
        or not _is_below(lowest, column.family)
    ):
        return ""
    statement = query("profile/below", table=in_source(column.object), column=column.name)
    number = rows(connection, statement, {"limit": limit})[0]["rows"]
    return f"{number:,} {what}"


def _is_below(lowest: str, family: str) -> bool:
    """Return whether a lowest value, as text, is below the family's limit."""
    if family == "number":
        return lowest.startswith("-") and lowest != "-0"
    if lowest == "infinity":  # of a column that holds nothing else
        return False
    year = lowest.partition("-")[0]
    return lowest == "-infinity" or lowest.endswith("BC") or int(year or 0) < FIRST_YEAR


def _totals(connection: Connection, columns: list[Attribute]) -> tuple[int, dict[str, list[Any]]]:
    """Return the row count and, by column, filled, lowest and highest."""
    selected = sql.SQL(", ").join(
        selected_expression(
            f"profile/parts/{column.part}",
            column=("scanned_row", column.name),
            counted=("scanned_row", column.name) if column.nullable else sql.SQL("*"),
        )
        for column in columns
    )
    with connection.cursor() as cursor:
        table = in_source(columns[0].object)
        cursor.execute(query("profile/scan", table=table, columns=selected), {})
        first = cursor.fetchone() or (0,)
    return first[0], dict(zip((column.name for column in columns), first[1:], strict=True))


def _values(
    connection: Connection, columns: list[Attribute], share: float, rules: Rules
) -> dict[str, Row]:
    """Return, by column, distinct and typical values, forms of text and JSON keys."""
    values = {
        "blocks": min(100, 100 * share * SPREAD),
        "rows": 100 * share / min(1, share * SPREAD),
        "few": rules.typical_values,
        "spelled": EVERY if share >= 1 else SPELLED,
        "many": KEYS,
        "texts": [column.position for column in columns if column.family == "text"],
        "documents": [column.position for column in columns if column.family == "json"],
    }
    cells = sql.SQL(", ").join(
        selected_expression(
            "profile/parts/cell",
            number=sql.Literal(column.position),
            column=("scanned_row", column.name),
        )
        for column in columns
    )
    statement = query("profile/values", table=in_source(columns[0].object), cells=cells)
    found = rows(connection, statement, values)
    names = {column.position: column.name for column in columns}
    return {names[row["number"]]: row for row in found}

"""Two sides of one table, column by column: sums first, and a join only where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from psycopg import sql

from motomind_nb.core import rows_counted
from motomind_nb.postgres import Connection, Row, query, rows, selected_expression

FOLDER = "reconcile/columns"
NEVER = sql.SQL("false")
LIST = sql.SQL(",\n")
SHOWN = 3  # rows that stand for each column that differs


@dataclass(frozen=True)
class Value:
    """A value of a column on one side: an expression over its rows, and as what it is compared.

    ``excused`` is an expression too: whether a value of the old side may differ.
    """

    expression: sql.Composable
    form: Literal["text", "json", "type"] = "text"
    excused: sql.Composable | None = None

    def summed(self, name: str) -> sql.Composed:
        """Return the count of the values of that name and the sum of their hashes, as a list."""
        return selected_expression(f"{FOLDER}/sums/{self.form}", name=name)

    @property
    def cell(self) -> sql.Composable:
        """The value as jsonb, equal where the hashes are."""
        if self.form == "json":
            return self.expression
        return selected_expression(f"{FOLDER}/cell_of_{self.form}", value=self.expression)


@dataclass(frozen=True)
class Side:
    """One side of a table: the query of its rows, the columns of their key, a value a column."""

    rows: sql.Composable
    key: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def key_hash(self) -> sql.Composed:
        """The hash of a row's key."""
        name = "two" if len(self.key) > 1 else "one"
        return selected_expression(f"{FOLDER}/keys/{name}", first=self.key[0], last=self.key[-1])

    def listed(self, places: Sequence[int]) -> sql.Composed:
        """Return the query of keys and values of some of the columns."""
        return query(
            f"{FOLDER}/listed",
            side=self.rows,
            first=self.key[0],
            last=self.key[-1],
            values=LIST.join(self.values[place].cell for place in places),
            excused=LIST.join(self.values[place].excused or NEVER for place in places),
        )


@dataclass(frozen=True)
class Sums:
    """What one side adds up to: rows, and for each column how many values and their sum."""

    rows: int
    columns: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Differences:
    """Where two sides differ: rows that one of them lacks, and by place the first cells.

    ``redated`` of the missing rows are there on another date.
    """

    missing: int = 0
    extra: int = 0
    redated: int = 0
    cells: dict[int, list[Row]] = field(default_factory=dict)

    @property
    def lone(self) -> str:
        """The rows that one side lacks, in words; empty if there are none."""
        parts = {
            "re-dated": self.redated,
            "missing under its key": self.missing - self.redated,
            "extra": self.extra,
        }
        return ", ".join(
            f"{rows_counted(number)} {word}" for word, number in parts.items() if number > 0
        )


@dataclass(frozen=True)
class Comparison:
    """Two sides of one table: what each adds up to, and where they differ."""

    before: Sums
    after: Sums
    differences: Differences

    def is_equal(self, place: int) -> bool:
        """Return whether a column is the same in all rows that both sides have."""
        if self.differences.lone:
            return place not in self.differences.cells
        return self.before.columns[place] == self.after.columns[place]


def compare(connection: Connection, old: Side, new: Side) -> Comparison:
    """Return what both sides add up to; rows are joined only where columns differ. Reads only."""
    before, after = sums(connection, old), sums(connection, new)
    pairs = zip(before.columns, after.columns, strict=True)
    places = [place for place, (one, other) in enumerate(pairs) if one != other]
    found = differing(connection, old, new, places) if places else Differences()
    return Comparison(before, after, found)


def whole(connection: Connection, side: Side) -> Row:
    """Return how many rows a side has and one sum over all columns, in one scan. Reads only.

    Columns: rows, total.
    """
    values = LIST.join(value.expression for value in side.values)
    return rows(
        connection, query(f"{FOLDER}/whole", side=side.rows, key=side.key_hash, values=values)
    )[0]


def sums(connection: Connection, side: Side) -> Sums:
    """Return the counts and sums of one side, read in one scan. Reads only."""
    names = [f"value_{place}" for place in range(len(side.values))]
    pairs = list(zip(side.values, names, strict=True))
    statement = query(
        f"{FOLDER}/summed",
        side=side.rows,
        key=side.key_hash,
        values=LIST.join(
            selected_expression(f"{FOLDER}/named", value=value.expression, name=name)
            for value, name in pairs
        ),
        sums=LIST.join(value.summed(name) for value, name in pairs),
    )
    found = connection.execute(statement).fetchone() or (0,)
    numbers = [int(number) for number in found[1:]]
    return Sums(int(found[0]), tuple(zip(numbers[::2], numbers[1::2], strict=True)))


def differing(connection: Connection, old: Side, new: Side, places: Sequence[int]) -> Differences:
    """Return which rows one side lacks, and the first rows whose values of some columns differ.

    Reads only. Columns of the cells: place, excused (whether they may differ), rows (how many
    differ so), key, before, after (text).
    """
    sides = {"old": old.listed(places), "new": new.listed(places)}
    lone = rows(connection, query(f"{FOLDER}/lone_rows", **sides))[0]
    found: dict[int, list[Row]] = {}
    for row in rows(connection, query(f"{FOLDER}/differing", **sides), {"sample": SHOWN}):
        found.setdefault(places[row["place"] - 1], []).append(row)
    return Differences(lone["missing"], lone["extra"], cells=found)

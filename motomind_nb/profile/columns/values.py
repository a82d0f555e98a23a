"""The profile of every column: how full, how varied, from where to where, in which forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Row
from motomind_nb.profile.columns.masks import MASK, masked
from motomind_nb.profile.columns.scan import Attribute, Scan, attributes, scan
from motomind_nb.profile.rules import DEFAULT, Rules

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 80
CUT = re.compile(r"… [0-9a-f]{8}$")
COLUMNS = [
    "object",
    "position",
    "column",
    "type",
    "fate",
    "rows",
    "nulls",
    "distinct",
    "basis",
    "lowest",
    "highest",
    "typical_values",
    "forms",
    "json_keys",
    "notes",
]


def columns(connection: Connection, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return one row for each column of the staged copy, in catalog order. Reads only.

    Columns: object, position, column, type, fate (text); rows, nulls, distinct (whole numbers or
    None); basis (exact, estimated from how many rows, or why nothing was read); lowest, highest,
    typical_values, forms, json_keys, notes (text). Two passes over each table.
    """
    import pandas as pd

    found = attributes(connection)
    order = [*catalog.objects(), *sorted(set(found) - set(catalog.objects()))]
    lines: list[tuple[Any, ...]] = []
    for name in order:
        known = found.get(name) or _missing(name)
        lines += profile_object_columns(connection, known, rules)
    return pd.DataFrame(lines, columns=COLUMNS, dtype=object)


def profile_object_columns(
    connection: Connection, attributes: list[Attribute], rules: Rules = DEFAULT
) -> list[tuple[Any, ...]]:
    """Return the lines of one object's columns. Reads only."""
    if not attributes[0].is_table:
        basis = "not in the copy" if attributes[0].part == "" else "view: computed, not read"
        empty = (None, None, None, basis, "", "", "", "", "", "")
        return [(*_head(column), *empty) for column in attributes]
    read = scan(connection, attributes, rules)
    return [(*_head(column), *_line(column, read, rules)) for column in attributes]


def _missing(name: str) -> list[Attribute]:
    """Return the columns of an object that the copy lacks, as the catalog knows them."""
    columns = catalog.objects()[name].columns
    return [
        Attribute(name, one.name, one.type, one.position, "", "", True, False, False)
        for one in columns
    ]


def _head(column: Attribute) -> tuple[Any, ...]:
    """Return what the schema says of a column."""
    known = catalog.objects().get(column.object)
    fates = {item.name: item.fate for item in known.columns} if known else {}
    fate = fates.get(column.name, "unknown")
    return column.object, column.position, column.name, column.type, fate


def _line(column: Attribute, read: Scan, rules: Rules) -> tuple[Any, ...]:
    """Return what the rows say of a column."""
    filled, lowest, highest = read.totals[column.name]
    values = read.values.get(column.name, {})
    hidden = not rules.show_personal and (column.object, column.name) in catalog.personal_columns()
    distinct, basis = _distinct(column, read, filled)
    shown = "" if column.family == "json" else _typical(values, read, rules, hidden)
    if column.is_unique and read.rows > 1:
        shown = "all different"
    return (
        read.rows,
        read.rows - filled,
        distinct,
        basis,
        _shown(lowest, rules, hidden),
        _shown(highest, rules, hidden),
        shown,
        _counted(values.get("forms"), read, values.get("looked")),
        _keys(values, read, rules),
        _notes(column, values, read),
    )


def _notes(column: Attribute, values: Row, read: Scan) -> str:
    """Return what is odd about a column's values, with its rows."""
    where = "" if read.share >= 1 else " in the sample"
    found = [read.odd[column.name]] if read.odd[column.name] else []
    for name, what in (("blank", "blank"), ("padded", "with blanks around")):
        if values.get(name):
            found.append(f"{values[name]:,} {what}{where}")
    return "; ".join(found)


def _distinct(column: Attribute, read: Scan, filled: int) -> tuple[int | None, str]:
    """Return how many values a column has and on which basis that is known."""
    values = read.values.get(column.name)
    if read.share >= 1:
        return (values["distinct_values"] if values else 0), "exact"
    if column.is_unique:
        return filled, "exact"
    sampled = values["filled"] if values else 0
    basis = f"estimated from {sampled:,} rows"
    return (estimate(values, filled) if values else 0), basis


def estimate(values: Row, filled: int) -> int:
    """Return the number of distinct values that a sample stands for (Haas and Stokes, Duj1)."""
    size, found, singles = values["filled"], values["distinct_values"], values["singles"]
    if size >= filled:
        return int(found)
    guess = size * found / (size - singles + singles * size / filled)
    return int(min(max(guess, found), filled))


def _shown(value: str | None, rules: Rules, hidden: bool) -> str:
    """Return a value as it may be shown: masked, then cut; a part of a secret is one too."""
    if value is None or hidden:
        return "" if value is None else MASK
    mark = CUT.search(value)
    text = value[: mark.start()] if mark else value
    text = text if rules.show_personal else masked(text)
    return text[:SHOWN] + mark[0] if mark else text[: SHOWN * 2]


def _typical(values: Row, read: Scan, rules: Rules, hidden: bool) -> str:
    """Return the most frequent values with their rows, or their share where they are sampled."""
    if hidden and values.get("typical"):
        return MASK
    pairs = [[_shown(value, rules, False), number] for value, number in values.get("typical") or []]
    return _counted(pairs, read)


def _keys(values: Row, read: Scan, rules: Rules) -> str:
    """Return the most frequent JSON keys, and how many others there are."""
    pairs = [[_shown(key, rules, False), number] for key, number in values.get("keys") or []]
    others = (values.get("all_keys") or 0) - len(pairs)
    return _counted(pairs, read) + (f" and {others:,} others" if others > 0 else "")


def _counted(pairs: list[list[Any]] | None, read: Scan, looked: int | None = None) -> str:
    """Return things with their rows, or with their share of the rows that were looked at."""
    if read.share >= 1:
        return ", ".join(f"{what} ({number:,})" for what, number in pairs or [])
    size = max(1, read.sampled() if looked is None else looked)
    return ", ".join(f"{what} ({_percent(number / size)})" for what, number in pairs or [])


def _percent(share: float) -> str:
    """Return a share that no rounding makes nothing or all."""
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"

"""Rows and columns: what differs between the projections and the loaded tables, and how.

Where both sides of a table differ (see ``sides``) one full join, exact to the last byte; only what
differs is classified, and only counts and samples reach Python. The complete list goes to CSV row
by row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from motomind_nb.core import Finding, csv_cell, naming_path
from motomind_nb.legacy import catalog
from motomind_nb.load import projections
from motomind_nb.postgres import Connection, query, rows
from motomind_nb.reconcile.pairs import Pair, readable_pairs
from motomind_nb.reconcile.sides import Sides

COLUMNS = (
    "table_name",
    "kind",
    "column_name",
    "class",
    "rows",
    "place",
    "source",
    "source_id",
    "tenant_id",
    "id",
    "before",
    "after",
)
LISTED = (
    "table_name",
    "kind",
    "source",
    "tenant_id",
    "id",
    "source_id",
    "column_name",
    "class",
    "before",
    "after",
)
HIDDEN = "(hidden)"
WORDS = {
    "missing": ("a row in the target", "none"),
    "extra": ("no row: no source row leads here", "a row in the target"),
}


def differences(
    connection: Connection,
    sample: int = 5,
    pairs: Iterable[Pair] | None = None,
    *,
    show_personal: bool = False,
) -> pd.DataFrame:
    """Return the differences by table, kind, column and class, the largest first. Reads only.

    ``pairs`` are the target tables to look at, all that can be compared if it is left out.
    Columns: table_name, kind (missing, extra, moved, changed), column_name, class, rows (how many
    differ so), place (1 for the first row shown), source, source_id, tenant_id, id, before, after.
    Personal values are hidden unless asked for. At most ``sample`` rows stand for each.
    """
    found: list[dict[str, object]] = []
    for pair in comparable(connection) if pairs is None else pairs:
        statement = query("reconcile/summary", cells=pair.cells(connection))
        found += rows(connection, statement, {"sample": sample})
    frame = pd.DataFrame(found, columns=list(COLUMNS), dtype=object)
    if not show_personal:
        mask_personal(frame)
    return frame.sort_values(
        ["rows", "table_name"], ascending=[False, True], kind="stable", ignore_index=True
    )


def no_differences() -> pd.DataFrame:
    """Return the empty frame of ``differences``."""
    return pd.DataFrame(columns=list(COLUMNS), dtype=object)


def mask_personal(frame: pd.DataFrame) -> None:
    """Put a mark in the place of personal values, in the frame itself."""
    places = zip(frame["table_name"], frame["column_name"], strict=True)
    marked = [place in personal_places() for place in places]
    for side in ("before", "after"):
        frame.loc[marked, side] = HIDDEN


@cache
def personal_places() -> frozenset[tuple[str, str]]:
    """Return (target table, column or payload.key) of the values that are hidden by default."""
    found: set[tuple[str, str]] = set()
    for projection in projections():
        table = projection.target[1]
        for column in catalog.objects()[projection.source].columns:
            if column.personal:
                targets = (*column.targets, f"legacy_row.{column.name}")
                found |= {(table, target) for target in targets}
    return frozenset(found)


def write_differences(
    connection: Connection,
    path: Path,
    pairs: Iterable[Pair] | None = None,
    *,
    show_personal: bool = False,
) -> int:
    """Write every difference as CSV and return how many there are. Memory holds one at a time.

    ``pairs`` are the target tables to look at, all that can be compared if it is left out.
    Writes: the file. Columns: table_name, kind, source, tenant_id, id, source_id, column_name,
    class, before, after.
    """
    number = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming_path(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LISTED)
        for row in _listed(connection, comparable(connection) if pairs is None else pairs):
            hidden = not show_personal and (row[0], row[6]) in personal_places()
            values = (*row[:-2], HIDDEN, HIDDEN) if hidden else row
            writer.writerow([csv_cell(value) for value in values])
            number += 1
    return number


def _listed(connection: Connection, pairs: Iterable[Pair]) -> Iterator[tuple[str | None, ...]]:
    """Yield every difference of the tables, as text."""
    for pair in pairs:
        statement = query("reconcile/copy_out", query=pair.cells(connection))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield from copy.rows()


def difference_findings(found: pd.DataFrame, sides: Sequence[Sides]) -> Iterator[Finding]:
    """Yield a failure for each difference of ``found``, and ok for each table that has none.

    ``found`` are the differences as ``differences`` returns them.
    """
    yield from (_finding(dict(row)) for row in found.to_dict("records"))
    yield from (fault for item in sides for fault in _type_findings(item))
    touched = set(found["table_name"]) | {item.pair.name for item in sides if item.type_faults}
    for item in sides:
        if item.pair.name not in touched:
            yield Finding("rows", item.pair.name, "no difference", "no difference", "ok")


def comparable(connection: Connection) -> list[Pair]:
    """Return the target tables whose columns have the types of their projections. Reads only."""
    return [pair for pair in readable_pairs(connection) if not pair.type_faults(connection)]


def _type_findings(item: Sides) -> Iterator[Finding]:
    """Yield a failure for each column of another type: rows of its table cannot be compared."""
    for name in item.type_faults:
        yield Finding(
            "rows",
            f"{item.pair.name}.{name}",
            "the type of the projection",
            "another type",
            "fail",
            "the rows of this table were not compared",
        )


def _finding(row: Mapping[Any, Any]) -> Finding:
    """Return one difference as a finding that names its row; an equal number is but a note."""
    place = f"{row['source'] or row['table_name']} {row['source_id']}"
    more = f"{row['rows']} like it" if row["rows"] != 1 else ""
    if row["kind"] in WORDS:
        expected, actual = WORDS[str(row["kind"])]
        return Finding("rows " + str(row["kind"]), place, expected, actual, "fail", more)
    check = "rows moved" if row["kind"] == "moved" else "columns"
    subject = place if row["kind"] == "moved" else f"{place}: {row['column_name']}"
    detail = "; ".join(filter(None, (str(row["class"]), more)))
    status = "note" if row["class"] == "scale" else "fail"
    return Finding(
        check, subject, json_as_text(row["before"]), json_as_text(row["after"]), status, detail
    )


def json_as_text(value: object) -> str:
    """Return a JSON value as a finding shows it; an absent key and NULL are different things."""
    if value is None:
        return "no such key"
    return "NULL" if value == "null" else str(value)

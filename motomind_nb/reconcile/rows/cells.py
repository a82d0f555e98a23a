"""Rows and columns: what differs between the projections and the loaded tables, and how.

Where both sides of a table differ (see ``sides``) one full join, exact to the last byte; only what
differs is classified, and only counts and samples reach Python. The complete list goes to CSV row
by row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb.core import Finding, csv_cell, examples, naming_path, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.load import projections
from motomind_nb.postgres import Connection, query, rows
from motomind_nb.reconcile.rows.naming import name_ids, named_row
from motomind_nb.reconcile.rows.pairs import Pair, readable_pairs
from motomind_nb.reconcile.rows.sides import Sides

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "table_name",
    "kind",
    "column_name",
    "class",
    "rows",
    "digest",
    "place",
    "source",
    "source_id",
    "tenant_id",
    "id",
    "before",
    "after",
    "name",
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
    "name",
)
HIDDEN = "(hidden)"
FILE = "differences.csv"
# kind: the check, what it expects, what is found of so many rows, what it means
WORDS = {
    "missing": (
        "rows missing",
        "every row of the source in the target or in quarantine",
        "missing",
        "lost: the source has them, the target has not",
    ),
    "extra": (
        "rows extra",
        "no row but those of the source",
        "of no source",
        "no row of the source leads here",
    ),
    "moved": ("rows moved", "every row with its tenant", "moved", "given to another tenant"),
    "changed": ("columns", "as in the source", "changed", ""),
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
    differ so), digest (text, over all of them), place (1 for the first row
    shown), source, source_id, tenant_id, id, before, after, name (what a person calls the row).
    Personal values are hidden unless asked for. At most ``sample`` rows stand for each.
    """
    import pandas as pd

    found: list[dict[str, object]] = []
    for pair in comparable(connection) if pairs is None else pairs:
        statement = query("reconcile/summary", cells=pair.cells(connection))
        found += rows(connection, statement, {"sample": sample})
    frame = pd.DataFrame(found, columns=list(COLUMNS), dtype=object)
    name_ids(connection, frame)
    if not show_personal:
        mask_personal(frame)
    return frame.sort_values(
        ["rows", "table_name"], ascending=[False, True], kind="stable", ignore_index=True
    )


def no_differences() -> pd.DataFrame:
    """Return the empty frame of ``differences``."""
    import pandas as pd

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
    class, before, after, name (what a person calls the row).
    """
    number = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming_path(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LISTED)
        for row in _listed(connection, comparable(connection) if pairs is None else pairs):
            hidden = not show_personal and (row[0], row[6]) in personal_places()
            values = (*row[:-3], HIDDEN, HIDDEN, row[-1]) if hidden else row
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
    """Yield a failure for each kind, column and class of difference, and ok for each table equal.

    ``found`` are the differences as ``differences`` returns them; a failure counts all its rows.
    """
    groups: dict[tuple[str, ...], list[dict[Any, Any]]] = {}
    for row in found.to_dict("records"):
        place = (row["table_name"], row["source"] or "", row["kind"])
        groups.setdefault((*place, row["column_name"], row["class"]), []).append(dict(row))
    yield from (_finding(samples) for samples in groups.values())
    yield from (fault for item in sides for fault in _type_findings(item))
    touched = {table for table, *_ in groups} | {
        item.pair.name for item in sides if item.type_faults
    }
    for item in sides:
        if item.pair.name not in touched:
            yield Finding("rows", item.pair.name, "no difference", "no difference", "ok")


def comparable(connection: Connection) -> list[Pair]:
    """Return the target tables whose columns have the types of their projections. Reads only."""
    return [pair for pair, faults in readable_pairs(connection).items() if not faults]


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


def _finding(samples: list[dict[Any, Any]]) -> Finding:
    """Return all differences of one kind as a finding; equal numbers are but a note."""
    row = samples[0]
    kind, number = str(row["kind"]), int(row["rows"])
    check, expected, words, what_to_do = WORDS[kind]
    subject = str(row["source"] or row["table_name"])
    if kind == "changed":
        shown_class = "" if row["class"] == "real" else f": {row['class']}"
        subject = f"{subject}.{row['column_name']}{shown_class}"
    shown = examples((named_row(sample) for sample in samples), number)
    return Finding(
        check,
        subject,
        expected,
        f"{rows_counted(number)} {words}",
        "note" if row["class"] == "scale" else "fail",
        "; ".join(filter(None, (what_to_do, shown, f"all are in {FILE}" if number > 1 else ""))),
        number,
        str(row["digest"]),
    )

"""The second mapping: every value of every source, counted and summed on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from psycopg import sql

from motomind_nb.core import Finding, rows_counted
from motomind_nb.legacy import catalog, mapping_lines
from motomind_nb.postgres import (
    Connection,
    Row,
    findings_or_gone,
    query,
    read_or_none,
    value,
)
from motomind_nb.reconcile.columns.compared import Comparison, Side, compare
from motomind_nb.reconcile.columns.mapped import (
    MappedColumn,
    mapped_columns,
    new_side,
    old_side,
    shared_event_ids,
)
from motomind_nb.reconcile.columns.samples import differing_rows

CHECK = "second mapping"


def second_mapping_findings(connection: Connection) -> Iterator[Finding]:
    """Yield for each source whether its rows are all there, and then for each column. Reads only.

    A source of which an object is gone is one failure.
    """
    shared = read_or_none(connection, partial(shared_event_ids, connection)) or {}
    for source in mapping_lines():
        taken = shared if source in catalog.EVENT_SOURCES else {}
        tell = partial(_compared, connection, source, old_side(source, taken))
        yield from findings_or_gone(connection, CHECK, tell)


def _compared(connection: Connection, source: str, old: Side) -> Iterator[Finding]:
    """Yield what the two sides of one source say of its rows and columns."""
    found = compare(connection, old, new_side(source))
    before, after = rows_counted(found.before.rows), rows_counted(found.after.rows)
    lone = replace(found.differences, redated=_redated(connection, source, found)).lone
    status = "ok" if before == after and not lone else "fail"
    yield Finding(CHECK, f"{source}: rows", before, after, status, lone)
    for place, column in enumerate(mapped_columns(source)):
        yield _told(column, place, found)


def _redated(connection: Connection, source: str, found: Comparison) -> int:
    """Return how many of the missing rows are events that stand on another date."""
    missing = found.differences.missing
    if not missing or source not in catalog.EVENT_SOURCES:
        return 0
    statement = query("reconcile/columns/redated", name=sql.Literal(source))
    return min(int(value(connection, statement) or 0), missing)


def _told(column: MappedColumn, place: int, found: Comparison) -> Finding:
    """Return what the two sides say of one column."""
    before, after = (_words(side.columns[place], side.rows) for side in (found.before, found.after))
    differ: list[Row] = found.differences.cells.get(place, [])
    subject = f"{column.line.source_table}.{column.line.source_column or '(new)'}: {column.target}"
    if not found.is_equal(place):
        rows = differing_rows(differ, hidden=column.is_hidden)
        detail = f"conversion: {column.line.conversion}; {rows}"
        return Finding(CHECK, subject, before, after, "fail", detail)
    same = "" if before == after else "the same in all rows that both sides have"
    return Finding(CHECK, subject, before, after, "ok", same)


def _words(numbers: Sequence[int], of: int) -> str:
    """Return count, missing values and sum of one column in words."""
    count, total = numbers
    return f"a value in {count} of {rows_counted(of)}, sum {total}"

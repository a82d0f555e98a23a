"""The round trip: the old rows put together again from the rebuilt tables alone, and compared.

What does not come back must stand in ``legacy/archived.csv``, column by column; anything beyond
that is lost, and a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg import sql

from motomind_nb.core import Finding, as_one_line, rows_counted
from motomind_nb.legacy import ArchivedValue, LegacyColumn, archived_values, catalog
from motomind_nb.load import EVENTS, Projection, loadable_rows_query, projections
from motomind_nb.postgres import (
    Connection,
    Row,
    Task,
    findings_or_gone,
    query,
    same_snapshot,
    selected_expression,
    share_tasks,
)
from motomind_nb.reconcile.columns.compared import Differences, Side, Value, differing, whole
from motomind_nb.reconcile.columns.mapped import key
from motomind_nb.reconcile.columns.samples import differing_rows

CHECK = "round trip"
LIVES_ON = "lives on only in the archived row"
# types of which equal values may be written differently: compared as written
AS_TEXT = ("text[]", "double precision")


@dataclass(frozen=True)
class Trip:
    """What of one source comes back: its columns in order, and what the list leaves out of them."""

    source: str
    columns: tuple[LegacyColumn, ...]
    excused: dict[str, ArchivedValue]

    def side(self, rows: sql.Composable) -> Side:
        """Return one side of the comparison, by the query of its rows."""
        return Side(rows, key(self.source), tuple(map(self._value, self.columns)))

    def _value(self, column: LegacyColumn) -> Value:
        """Return a column's value, and whether the list excuses it."""
        form = "as_text" if column.type in AS_TEXT else "conversions/same"
        held = selected_expression(f"reconcile/columns/{form}", column=column.name)
        listed = self.excused.get(column.name)
        if listed is None:
            return Value(held, "type")
        name = f"reconcile/columns/archived/{listed.when.replace(' ', '_')}"
        return Value(held, "type", selected_expression(name, column=column.name))


def round_trip_findings(connection: Connection) -> list[Finding]:
    """Return for each source whether its rows come back, and for each column that does not.

    Reads only; the connection's helpers take a part.
    """

    def task(projection: Projection) -> Task:
        def act(session: Connection) -> list[Finding]:
            return findings_or_gone(session, CHECK, partial(_told, session, projection))

        return Task(float(projection.target == EVENTS), act)

    with connection.transaction(), same_snapshot(connection) as sessions:
        told = share_tasks(sessions, list(map(task, projections())), "sources")
    return [finding for findings in told for finding in findings]


def _told(connection: Connection, projection: Projection) -> list[Finding]:
    """Return what comes back of one source, or that what is held cannot be put into its columns."""
    try:
        with connection.transaction():
            return list(_compared(connection, projection))
    except psycopg.DataError as error:
        said = as_one_line(error.diag.message_primary)
        return [
            Finding(
                CHECK, projection.source, "values of the old types", "another value", "fail", said
            )
        ]


def _compared(connection: Connection, projection: Projection) -> Iterator[Finding]:
    """Yield what comes back of one source: first of its columns, then of their values."""
    source = projection.source
    listed = {item.column: item for item in archived_values() if item.object == source}
    statement = query("load/columns", projection=projection.reverse)
    given = {column.name for column in connection.execute(statement).description or ()}
    columns = catalog.objects()[source].columns
    for column in columns:
        item = listed.get(column.name)
        yield from _whether_given(column, item, is_given=column.name in given)
    both = tuple(column for column in columns if column.name in given)
    sometimes = {name: item for name, item in listed.items() if not item.is_always}
    yield from _values(connection, Trip(source, both, sometimes), projection)


def _whether_given(
    column: LegacyColumn, item: ArchivedValue | None, *, is_given: bool
) -> Iterator[Finding]:
    """Yield what the list says of a column that never comes back, where it matters."""
    always = item is not None and item.is_always
    subject = f"{column.object}.{column.name}"
    if item is not None and always and not is_given:
        yield Finding(CHECK, subject, LIVES_ON, "does not come back", "note", item.reason)
    elif always:
        detail = "take it from legacy/archived.csv"
        yield Finding(CHECK, subject, LIVES_ON, "comes back", "fail", detail)
    elif not is_given:
        detail = "legacy/archived.csv does not list it"
        yield Finding(CHECK, subject, "comes back", "does not come back", "fail", detail)


def _values(connection: Connection, trip: Trip, projection: Projection) -> Iterator[Finding]:
    """Yield whether the rows of one source come back with the same values."""
    old, new = trip.side(loadable_rows_query(trip.source)), trip.side(projection.reverse)
    before, after = whole(connection, old), whole(connection, new)
    differences = Differences()
    if before != after:
        differences = differing(connection, old, new, range(len(trip.columns)))
    told = list(_columns(trip, differences.cells))
    lost = sum(item.status == "fail" for item in told)
    width = f"{len(trip.columns)} columns"
    expected = f"{rows_counted(before['rows'])} of {width}"
    found = f"{rows_counted(after['rows'])} of {width}{f', {lost} altered' if lost else ''}"
    status = "ok" if found == expected and not differences.lone else "fail"
    yield Finding(CHECK, trip.source, expected, found, status, differences.lone)
    yield from told


def _columns(trip: Trip, cells: dict[int, list[Row]]) -> Iterator[Finding]:
    """Yield the columns whose values do not come back: as the list says, or lost."""
    for place, differ in cells.items():
        column = trip.columns[place]
        subject = f"{trip.source}.{column.name}"
        listed = [row for row in differ if row["excused"]]
        lost = [row for row in differ if not row["excused"]]
        if listed:
            item = trip.excused[column.name]
            found = f"{rows_counted(listed[0]['rows'])} of that kind"
            detail = f"{item.when}: {item.reason}"
            yield Finding(CHECK, subject, LIVES_ON, found, "note", detail)
        if lost:
            detail = differing_rows(lost, hidden=column.personal)
            yield Finding(CHECK, subject, "comes back", "comes back altered", "fail", detail)

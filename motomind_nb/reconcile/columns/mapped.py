"""The two sides of one source as the second mapping has them: staged rows and target rows.

What a value must become is said by a line of ``legacy/mapping.csv``; each conversion that a line
names is a query of its own. The projections take no part in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg import sql

from motomind_nb.legacy import LegacyObject, MappingLine, catalog, mapping_lines
from motomind_nb.load import loadable_rows_query
from motomind_nb.postgres import Connection, in_target, query, rows, selected_expression
from motomind_nb.reconcile.columns.compared import Side, Value

FOLDER = "reconcile/columns"
EVENTS = "public.vehicle_events"
PAYLOAD, OTHER_KEYS, LEGACY_ROW = "payload.", "payload.*", "legacy_row"
# the sources whose conversions need more than their own row
ROWS = {"users": "users", "vehicles": "vehicles", **dict.fromkeys(catalog.EVENT_SOURCES, "events")}


@dataclass(frozen=True)
class MappedColumn:
    """A target column or payload key of one source, with its line of the mapping."""

    line: MappingLine
    target: str

    @property
    def form(self) -> Literal["text", "json"]:
        """As what its values are compared: text, or JSON, in which 9.50 and 9.5 are equal."""
        if self.target.startswith(PAYLOAD) or self.target == LEGACY_ROW:
            return "json"
        column = self.line.source_column
        return "json" if column and self._source.column(column).type == "jsonb" else "text"

    @property
    def is_hidden(self) -> bool:
        """Whether its values may be personal, so that a finding does not show them."""
        column = self.line.source_column
        if not column:
            return self.target in (OTHER_KEYS, LEGACY_ROW)
        return self._source.column(column).personal

    @property
    def _source(self) -> LegacyObject:
        """Its source in the catalog."""
        return catalog.objects()[self.line.source_table]


def mapped_columns(source: str) -> list[MappedColumn]:
    """Return the target columns and payload keys of one source, without what is only archived."""
    return [
        MappedColumn(line, target)
        for line in mapping_lines()[source]
        if not line.is_archived
        for target in line.targets
    ]


def old_side(source: str, taken: Mapping[str, str]) -> Side:
    """Return the staged rows of a source with the values that the target must hold.

    ``taken``: as ``shared_event_ids`` returns them.
    """
    of_source = query(
        f"{FOLDER}/rows/{ROWS.get(source, 'others')}",
        rows=loadable_rows_query(source),
        name=sql.Literal(source),
        tenants=loadable_rows_query("tenants"),
    )
    elsewhere = [event for event, first in taken.items() if first != source]
    values = tuple(
        Value(_converted(column.line, elsewhere), column.form) for column in mapped_columns(source)
    )
    return Side(of_source, key(source), values)


def new_side(source: str) -> Side:
    """Return the rows that the target holds of a source, with their values."""
    columns = mapped_columns(source)
    schema, _, name = columns[0].line.target_table.partition(".")
    values = tuple(Value(_held(column), column.form) for column in columns)
    if source in catalog.EVENT_SOURCES:
        held = query(f"{FOLDER}/held/events", name=sql.Literal(source))
        return Side(held, ("source_id",), values)
    table = in_target(name) if schema == "public" else sql.Identifier(schema, name)
    return Side(query(f"{FOLDER}/held/others", table=table), key(source), values)


def key(source: str) -> tuple[str, ...]:
    """Return the columns that name a staged row."""
    return ("tenant_id", "user_id") if source == "memberships" else ("id",)


def shared_event_ids(connection: Connection) -> dict[str, str]:
    """Return the ids that several event sources use, each with the first of them. Reads only."""
    found = rows(connection, query(f"{FOLDER}/taken_ids"))
    return {str(row["id"]): row["first"] for row in found}


def _converted(line: MappingLine, taken: Sequence[str]) -> sql.Composed:
    """Return what a value of the staged row must become, as the line's conversion says."""
    return selected_expression(
        f"{FOLDER}/conversions/{line.conversion.replace(' ', '_')}",
        column=line.source_column or "id",
        name=sql.Literal(line.source_table),
        pairs=sql.Literal(json.dumps(line.values)),
        value=sql.Literal(next(iter(line.values), "")),
        taken=sql.Literal(list(taken)),
    )


def _held(column: MappedColumn) -> sql.Composed:
    """Return what the target holds in a column or payload key."""
    if column.target == OTHER_KEYS:
        keys = [
            target.removeprefix(PAYLOAD)
            for line in mapping_lines()[column.line.source_table]
            for target in line.targets
            if target.startswith(PAYLOAD) and target != OTHER_KEYS
        ]
        return selected_expression(f"{FOLDER}/held/other_keys", keys=sql.Literal(keys))
    if column.target.startswith(PAYLOAD):
        name = sql.Literal(column.target.removeprefix(PAYLOAD))
        return selected_expression(f"{FOLDER}/held/payload_key", key=name)
    # the zeros behind a number are no part of its value on either side
    conversion = "same_number" if column.line.conversion == "same number" else "same"
    return selected_expression(f"{FOLDER}/conversions/{conversion}", column=column.target)

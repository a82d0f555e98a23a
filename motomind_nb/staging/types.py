"""Types other than the catalog's: which of them the load takes as they are, and which it can't.

A table that goes is only kept, so any type will do: values of a type that another server need not
have are kept as text. What the load reads must be of the catalog's type or of one whose values mean
the same in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from psycopg import sql

from motomind_nb import postgres
from motomind_nb.core import Finding, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.postgres import (
    INTEGERS,
    TEXTS,
    Column,
    Connection,
    Relation,
    in_source,
    query,
)

# dropped tables that the load reads beside the kept ones
READ_BY_THE_LOAD = ("manual_events", "memberships", "vehicles_naming_backup")
# the catalog's type -> the types in which its columns may be staged
TAKEN = {
    "text": TEXTS,
    "character varying": TEXTS,
    "integer": INTEGERS,
    "bigint": INTEGERS,
    "numeric": ("numeric",),
    "double precision": ("float8",),
    "boolean": ("bool",),
    "date": ("date",),
    "timestamp with time zone": ("timestamptz",),
    "time without time zone": ("time",),
    "uuid": ("uuid",),
    "jsonb": ("jsonb",),
    "text[]": ("_text", "_varchar"),
    "inet": ("inet", "cidr"),
}
IN_BRACKETS = re.compile(r"\([\d, ]+\)")
# the catalog's type -> the one in which its columns are staged, if they have one of that kind
STAGED = {"integer": "int4", "bigint": "int8", "text": "text", "character varying": "varchar"}


@dataclass(frozen=True)
class Limits:
    """The largest number that a type holds, and its decimals."""

    highest: Decimal
    decimals: int

    @staticmethod
    def of(type_name: str) -> Limits:
        """Return the limits of numeric(precision,scale)."""
        precision, scale = map(int, re.findall(r"\d+", type_name))
        return Limits((10**precision - 1) / Decimal(10**scale), scale)


def staged_column(name: str, column: Column) -> Column:
    """Return a table's column as it is staged.

    An integer or a text that the load reads is staged in the catalog's type of that kind, because
    the load's functions are of that type. Integers that do not fit stop the restore.
    """
    carrier = column.staged_type
    known = {one.name: one.type for one in catalog.objects()[name].columns}
    wanted = STAGED.get(IN_BRACKETS.sub("", known.get(column.name, "")), carrier)
    alike = any({carrier, wanted} <= {*kind} for kind in (INTEGERS, TEXTS))
    if alike and name in (*catalog.KEPT, *catalog.FOLDED, *READ_BY_THE_LOAD):
        carrier = wanted
    same = carrier == column.carrier != "interval"  # whose fields limit what is written, no more
    return replace(column, carrier=carrier, modifier=column.modifier if same else -1)


def type_problems(connection: Connection, present: list[Relation]) -> list[str]:
    """Return the columns that the load reads and can't take in their type. Reads only."""
    return [
        f"column {item.name}.{column.name}: expected {wanted}, found {column.type}{why}"
        for item in present
        if _is_loaded(item)
        for column, wanted in _others(item)
        for why in [_why_not(connection, item, column)]
        if why
    ]


def type_findings(present: list[Relation]) -> list[Finding]:
    """Return a warning for each column whose type is not the catalog's."""
    return [
        Finding(
            "source column",
            f"{item.name}.{column.name}",
            wanted,
            column.type,
            "warn",
            "another type than the catalog's"
            + ("" if column.is_built_in else "; its values travel as text and compare by text"),
        )
        for item in present
        for column, wanted in _others(item)
    ]


def _others(item: Relation) -> list[tuple[Column, str]]:
    """Return the known columns of a table whose type is not the catalog's, and the catalog's."""
    known = {column.name: column.type for column in catalog.objects()[item.name].columns}
    return [
        (column, known[column.name])
        for column in item.columns
        if column.name in known and column.type != known[column.name]
    ]


def _is_loaded(item: Relation) -> bool:
    """Return whether the load reads a table."""
    return item.name in (*catalog.KEPT, *catalog.FOLDED, *READ_BY_THE_LOAD)


def _why_not(connection: Connection, item: Relation, column: Column) -> str:
    """Return why the load can't take a column, with what to do; empty when it can."""
    known = catalog.objects()[item.name].column(column.name)
    wanted = IN_BRACKETS.sub("", known.type)
    if column.staged_type not in TAKEN[wanted]:
        return f", and no lossless way from one to the other: change its type to {wanted}"
    in_payload = all(name.startswith("payload.") for name in known.targets)
    if wanted != "numeric" or in_payload:
        return ""
    many = _not_fitting(connection, item, column, Limits.of(known.type))
    return f", {rows_counted(many)} that {known.type} can't hold: correct them" if many else ""


def _not_fitting(connection: Connection, item: Relation, column: Column, limits: Limits) -> int:
    """Return how many values of a column are beyond the limits."""
    statement = query(
        "staging/not_fitting",
        table=in_source(item.name),
        column=column.name,
        lowest=sql.Literal(-limits.highest),
        highest=sql.Literal(limits.highest),
        decimals=sql.Literal(limits.decimals),
    )
    return int(postgres.value(connection, statement))

"""Create the staged tables from the facts of the manifest.

No text of the manifest is executed: names are quoted, a type is one of a list of built-in ones, and
keys are made of the names of columns. Defaults, checks, indexes, functions, triggers and whatever
else the source defines stay in the manifest, as evidence.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from psycopg import sql

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused
from motomind_nb.legacy import catalog, view_statements
from motomind_nb.postgres import (
    Column,
    Connection,
    Key,
    Query,
    Relation,
    in_source,
    mask_secrets,
    query,
    raise_outage,
)
from motomind_nb.staging.types import READ_BY_THE_LOAD, staged_column

# what our own checks look rows up by, apart from keys
INDEXES = {
    "vehicle_events": ("vehicle_id", "date"),
    "odometer_readings": ("vehicle_id", "reading_date"),
    "fuel_logs": ("vehicle_id", "date"),
    "service_records": ("vehicle_id", "service_date"),
    "reminders": ("vehicle_id",),
}
RULES = {"primary key": "PRIMARY KEY", "unique": "UNIQUE"}
LENGTH_AT = 4  # a server numbers a length or precision from here on


def execute(connection: Connection, statement: Query, subject: str) -> None:
    """Execute one statement. Raises: Refused, naming the object and what the server says."""
    try:
        connection.execute(statement)
    except psycopg.Error as error:
        raise_outage(error)
        detail = f" ({error.diag.message_detail})" if error.diag.message_detail else ""
        raise Refused(
            subject,
            "columns, keys and rows that the target takes",
            mask_secrets(f"{error.diag.message_primary or error}{detail}"),
            "mend it in the source and take the backup again",
        ) from error


def create_table(connection: Connection, item: Relation) -> None:
    """Create a table with its columns as they are staged; keys come after the rows."""
    columns = (staged_column(item.name, column) for column in item.columns)
    create_table_of(connection, item.name, columns)


def create_table_of(connection: Connection, name: str, columns: Iterable[Column]) -> None:
    """Create a table of some columns, each of a built-in type."""
    parts = sql.SQL(", ").join(map(_column, columns))
    execute(connection, query("staging/create_table", table=in_source(name), parts=parts), name)


def _column(column: Column) -> sql.Composed:
    """Return a column's part of CREATE TABLE."""
    rule = sql.SQL("" if column.nullable else " NOT NULL")
    return sql.SQL("{} {}{}").format(sql.Identifier(column.name), _type(column), rule)


def _type(column: Column) -> sql.Composed:
    """Return the built-in type in which a column is staged, with its length or scale."""
    name = sql.Identifier("pg_catalog", column.staged_type)
    numbers = type_modifiers(column.carrier, column.modifier)
    if not numbers:
        return sql.SQL("{}").format(name)
    listed = sql.SQL(", ").join(map(sql.Literal, numbers))
    return sql.SQL("{}({})").format(name, listed)


def type_modifiers(carrier: str, modifier: int) -> tuple[int, ...]:
    """Return the numbers in brackets behind a type, of the one number that the server keeps."""
    name = carrier.removeprefix("_")
    if modifier < 0 or name == "interval":
        return ()
    if name == "numeric":
        packed = modifier - LENGTH_AT
        scale = packed & 0x7FF
        return (packed >> 16 & 0xFFFF, scale - 0x800 if scale & 0x400 else scale)
    return (modifier - LENGTH_AT,) if name in ("varchar", "bpchar") else (modifier,)


def create_missing_tables(connection: Connection, backup: Manifest) -> None:
    """Create, without rows, those tables that the load reads and the source lacks.

    They stay absent in audit.source_object; their comment says so too.
    """
    for name in sorted({*READ_BY_THE_LOAD} & {*backup.absent()}):
        parts = sql.SQL(", ").join(
            # the types are those of our own catalog
            sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.type))
            for column in catalog.objects()[name].columns
        )
        place = in_source(name)
        execute(connection, query("staging/create_table", table=place, parts=parts), name)
        execute(connection, query("staging/mark_absent", table=place), name)


def add_keys(connection: Connection, item: Relation) -> None:
    """Add a loaded table's primary and unique keys, and the index that our checks need."""
    for key in item.keys:
        if key.kind in RULES:
            add_key(connection, item.name, key)
    wanted = INDEXES.get(item.name, ())
    if wanted and {*wanted} <= {column.name for column in item.columns}:
        statement = query("staging/add_index", table=in_source(item.name), columns=_listed(wanted))
        execute(connection, statement, item.name)


def add_key(connection: Connection, table: str, key: Key) -> None:
    """Add one primary or unique key of a loaded table."""
    statement = query(
        "staging/add_key",
        table=in_source(table),
        name=key.name,
        rule=_rule(key),
        columns=_listed(key.columns),
    )
    execute(connection, statement, f"{table}, {key.name}")


def _rule(key: Key) -> sql.SQL:
    """Return what a primary or unique key is called in SQL."""
    return sql.SQL(RULES[key.kind] + (" NULLS NOT DISTINCT" if key.nulls_alike else ""))


def add_foreign_keys(connection: Connection, backup: Manifest) -> list[Finding]:
    """Add the foreign keys between the staged tables: each is checked against all rows.

    Return a note for each one over values that text carries: text may tell them apart where
    their own type does not.
    """
    tables = {item.name: item for item in backup.tables()}
    findings = []
    for item in tables.values():
        for key in item.keys:
            if key.kind != "foreign key":
                continue
            if key.refers_to in tables and is_exact(key, item, tables[key.refers_to]):
                add_foreign_key(connection, item, key)
            else:
                findings.append(_left_out(item, key))
    return findings


def is_exact(key: Key, item: Relation, other: Relation) -> bool:
    """Return whether built-in types carry both sides of a foreign key, and a key is behind it."""
    sides = ((item, key.columns), (other, key.referred))
    unique = any({*known.columns} == {*key.referred} for known in other.keys if known.kind in RULES)
    return unique and all(
        {*names} <= {column.name for column in table.columns if column.is_built_in}
        for table, names in sides
    )


def add_foreign_key(connection: Connection, item: Relation, key: Key) -> None:
    """Add one foreign key: it is checked against all rows."""
    statement = query(
        "staging/add_foreign_key",
        table=in_source(item.name),
        name=key.name,
        columns=_listed(key.columns),
        refers_to=in_source(key.refers_to),
        referred=_listed(key.referred),
    )
    execute(connection, statement, f"{item.name}, {key.name}")


def _left_out(item: Relation, key: Key) -> Finding:
    """Return the note on a foreign key that the staged copy goes without."""
    return Finding(
        "staged key",
        f"{item.name}, {key.name}",
        "made in schema legacy",
        "not made",
        "note",
        "text carries the values of its columns; the definition is in the backup's manifest",
    )


def _listed(names: tuple[str, ...]) -> sql.Composed:
    """Return names of columns as a list."""
    return sql.SQL(", ").join(map(sql.Identifier, names))


def create_views(connection: Connection, backup: Manifest) -> list[Finding]:
    """Create the views that the source has, from our own text and never from the source's.

    Return a note for each one that the target or the staged tables lack something for.
    """
    present = {item.name for item in backup.views()}
    return [
        finding
        for name, statements in view_statements().items()
        if name in present
        for finding in _create_view(connection, name, statements)
    ]


def _create_view(connection: Connection, name: str, statements: tuple[str, ...]) -> list[Finding]:
    """Create one view; return a note when it can't be."""
    try:
        with connection.transaction():
            for statement in statements:
                connection.execute(sql.SQL(statement))
    except psycopg.errors.ProgrammingError as error:
        lacking = mask_secrets(error.diag.message_primary or error)
        detail = f"{lacking}; the source's definition is in the backup's manifest"
        wanted = "created in schema legacy"
        return [Finding("staged view", name, wanted, "not created", "note", detail)]
    return []

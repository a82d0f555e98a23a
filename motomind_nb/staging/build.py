"""Create the staged objects from the definition texts of the manifest.

The search path is schema legacy alone, where the texts' unqualified names are found. Each text is
sent as exactly one statement: a second one hidden in it is a syntax error.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import (
    SOURCE,
    Column,
    Connection,
    Relation,
    in_source,
    mask_secrets,
    query,
)

# dropped tables that the load reads beside the kept ones
READ_BY_THE_LOAD = ("manual_events", "memberships", "vehicles_naming_backup")


Statement = sql.SQL | sql.Composed


def as_sql(text: str) -> sql.SQL:
    """Return a definition text of the manifest as SQL."""
    return sql.SQL(text)  # not a literal: it is the backup's text


def execute_definition(connection: Connection, statement: Statement, subject: str) -> None:
    """Execute one definition. Raises: Refused, naming the object and what the server says."""
    try:
        # the extended protocol, which binary results need, takes one statement only
        with connection.cursor(binary=True) as cursor:
            cursor.execute(statement, binary=True)
    except psycopg.Error as error:
        detail = f" ({error.diag.message_detail})" if error.diag.message_detail else ""
        raise Refused(
            subject,
            "a definition and rows that the target takes",
            mask_secrets(f"{error.diag.message_primary or error}{detail}"),
            "mend it in the source and take the backup again",
        ) from error


def create_functions(connection: Connection, backup: Manifest) -> None:
    """Create the source's functions that its rules, defaults and views call."""
    for item in backup.definitions:
        if item.kind == "needed function":
            statement = query("staging/create_function", schema=SOURCE, text=as_sql(item.text))
            execute_definition(connection, statement, item.name)


def create_table(connection: Connection, item: Relation) -> None:
    """Create a table with columns, defaults and valid checks; keys come after the rows."""
    checks = [
        sql.SQL("CONSTRAINT {} {}").format(sql.Identifier(check.name), as_sql(check.text))
        for check in item.texts("check")
        if not check.text.endswith("NOT VALID")
    ]
    parts = sql.SQL(", ").join([*map(_column, item.columns), *checks])
    place = in_source(item.name)
    for sequence in item.texts("sequence"):
        execute_definition(
            connection,
            query(
                "staging/create_sequence",
                sequence=in_source(sequence.name),
                options=as_sql(sequence.text),
            ),
            item.name,
        )
    execute_definition(
        connection, query("staging/create_table", table=place, parts=parts), item.name
    )
    _own_sequences(connection, item)


def _own_sequences(connection: Connection, item: Relation) -> None:
    """Bind a table's sequences to their columns and let them go on where the source's stood."""
    for owner in item.texts("sequence owner"):
        execute_definition(
            connection,
            query(
                "staging/own_sequence",
                sequence=in_source(owner.name),
                column=sql.SQL("{}.{}").format(in_source(item.name), sql.Identifier(owner.text)),
            ),
            item.name,
        )
    for last in item.texts("sequence value"):
        values = {"sequence": last.name, "last": last.text}
        connection.execute(query("staging/set_sequence"), values)


def _column(column: Column) -> sql.Composed:
    """Return a column's part of CREATE TABLE."""
    default = "" if column.default is None else f"DEFAULT {column.default}"
    rule = "" if column.nullable else "NOT NULL"
    parts = [sql.Identifier(column.name), *map(as_sql, (column.type, default, rule))]
    return sql.SQL(" ").join(parts)


def create_shells(connection: Connection, backup: Manifest) -> None:
    """Create those tables without rows that the load reads and the source lacks.

    They stay absent in audit.source_object; their comment says so too.
    """
    for name in sorted({*READ_BY_THE_LOAD} & {*backup.absent()}):
        columns = catalog.objects()[name].columns
        parts = sql.SQL(", ").join(
            [_column(Column(column.name, column.type, True, None)) for column in columns]
        )
        execute_definition(
            connection, query("staging/create_table", table=in_source(name), parts=parts), name
        )
        execute_definition(connection, query("staging/mark_absent", table=in_source(name)), name)


def add_indexes(connection: Connection, item: Relation) -> None:
    """Add a loaded table's keys and indexes, and the checks that its old rows need not pass."""
    add_constraints(connection, item, "primary key", "unique", "exclusion")
    for index in item.texts("index"):
        execute_definition(connection, as_sql(index.text), f"{item.name}, index {index.name}")
    for check in item.texts("check"):
        if check.text.endswith("NOT VALID"):
            _constraint(connection, item, check.name, check.text)


def add_foreign_keys(connection: Connection, item: Relation) -> None:
    """Add a table's foreign keys within the schema: each is checked against all rows."""
    add_constraints(connection, item, "foreign key")


def add_constraints(connection: Connection, item: Relation, *kinds: str) -> None:
    """Add a table's constraints of some kinds."""
    for constraint in item.texts(*kinds):
        _constraint(connection, item, constraint.name, constraint.text)


def _constraint(connection: Connection, item: Relation, name: str, text: str) -> None:
    """Add one constraint."""
    statement = query(
        "staging/add_constraint", table=in_source(item.name), name=name, text=as_sql(text)
    )
    execute_definition(connection, statement, f"{item.name}, {name}")


def create_views(connection: Connection, backup: Manifest) -> list[Finding]:
    """Create the views as definitions, those that others read first.

    Return a note for each one that reads something outside which the target lacks, and for
    each view over such a view.
    """
    waiting = {item.name: item for item in backup.views()}
    made, findings = {item.name for item in backup.tables()}, list[Finding]()
    while waiting:
        ready = [item for item in waiting.values() if not waiting.keys() & set(item.reads)]
        for item in ready or list(waiting.values()):
            del waiting[item.name]
            lacking = _lacking(connection, item, made)
            if lacking:
                findings.append(_left_out(item, lacking))
            else:
                _create_view(connection, item)
                made.add(item.name)
    return findings


def _lacking(connection: Connection, item: Relation, made: set[str]) -> list[str]:
    """Return the relations that a view reads and the target lacks."""
    has = query("staging/has_relation")
    return [
        name
        for name in item.reads
        if not ("." in name and postgres.value(connection, has, {"name": name}))
        and name not in made
    ]


def _left_out(item: Relation, lacking: list[str]) -> Finding:
    """Return the note on a view that can't be created on this target."""
    return Finding(
        "staged definition",
        item.name,
        "created in schema legacy",
        "not created",
        "note",
        f"the target lacks {', '.join(lacking)}; the definition is in the backup's manifest",
    )


def _create_view(connection: Connection, item: Relation) -> None:
    """Create one view, or a materialized view without rows but with its indexes."""
    options = ", ".join(f"{option.name}={option.text}" for option in item.texts("option"))
    name = item.kind.replace(" ", "_")
    statement = query(
        f"staging/create_{name}",
        view=in_source(item.name),
        options=as_sql(f"WITH ({options})" if options else ""),
        query=as_sql(item.query().rstrip(";")),
    )
    execute_definition(connection, statement, item.name)
    for index in item.texts("index"):
        execute_definition(connection, as_sql(index.text), f"{item.name}, index {index.name}")

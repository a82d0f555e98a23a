"""Damages of rows, generated from the live catalog: every column, and every table as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Fault

from motomind_nb.postgres import Connection, rows, value

COLUMNS = """
SELECT format('%I.%I', schema.nspname, class.relname) AS table, attribute.attname AS column,
    format_type(attribute.atttypid, attribute.atttypmod) AS type, attribute.attnotnull AS needed,
    attribute.attgenerated = '' AND attribute.attidentity = '' AS ours
FROM pg_class AS class
JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
WHERE schema.nspname IN ('public', 'private', 'audit') AND class.relkind IN ('r', 'p')
    AND NOT class.relispartition AND attribute.attnum > 0 AND NOT attribute.attisdropped
ORDER BY 1, attribute.attnum
"""
# what the tables hold is told by no check: a log of jobs and what other runs wrote
UNTOLD = ("private.job_log", "audit.reading", "audit.erasure")
CHANGED = {
    "text": ("{0} || 'x'", "upper({0})", "' ' || {0}"),
    "uuid": ("md5({0}::text)::uuid",),
    "boolean": ("NOT {0}",),
    "jsonb": ("{0} || '{{\"more\": 1}}'", "'[]'"),
    "date": ("{0} + 1",),
    "integer": ("{0} + 1",),
    "bigint": ("{0} + 1",),
    "smallint": ("{0} + 1",),
    "double precision": ("{0} + 0.0000001",),
    "timestamp with time zone": ("{0} + interval '1 microsecond'", "{0} + interval '7 hours'"),
    "time without time zone": ("{0} + interval '1 second'",),
    "numeric": ("{0} + 1",),
}


def row_damages(connection: Connection) -> Iterator[Fault]:
    """Every damage of rows of a finished load."""
    tables: dict[str, list[dict[str, object]]] = {}
    for row in rows(connection, COLUMNS.encode()):
        tables.setdefault(str(row["table"]), []).append(row)
    for table, columns in tables.items():
        if table in UNTOLD or not value(connection, f"SELECT count(*) FROM {table}".encode()):
            continue
        for column in columns:
            if column["ours"]:
                yield from column_damages(table, column)
        yield from table_damages(table, [str(column["column"]) for column in columns])


def column_damages(table: str, column: dict[str, object]) -> Iterator[Fault]:
    """One value altered, one NULL, one exchanged between two rows, at both ends of the table."""
    name = f'"{column["column"]}"'
    place = f"{table}.{column['column']}"
    type_ = str(column["type"]).split("(")[0]
    for which, order in (("first", "ASC"), ("last", "DESC")):
        one = (
            f"SELECT tableoid, ctid FROM {table} WHERE {name} IS NOT NULL"
            f" ORDER BY {name}::text {order} LIMIT 1"
        )
        for change in CHANGED[type_]:
            said = change.format(name)
            update = f"UPDATE {table} SET {name} = {said} WHERE (tableoid, ctid) = ({one})"
            yield _damage("value altered", place, f"{which}: {said}", update)
        update = f"UPDATE {table} SET {name} = NULL WHERE (tableoid, ctid) = ({one})"
        free = f"ALTER TABLE {table} ALTER {name} DROP NOT NULL"
        if not column["needed"]:
            yield _damage("value to NULL", place, which, update)
        elif which == "first":
            yield _damage("value to NULL", place, "and its NOT NULL dropped", free, update)
    yield _damage("values exchanged", place, "first and last", exchange(table, name))


def exchange(table: str, name: str) -> str:
    """The statement that exchanges the least and the greatest value of a column."""
    ends = " UNION ALL ".join(
        f"(SELECT tableoid AS part, ctid AS place, {name} AS held FROM {table}"
        f" WHERE {name} IS NOT NULL ORDER BY {name}::text {order} LIMIT 1)"
        for order in ("ASC", "DESC")
    )
    return (
        f"UPDATE {table} AS changed SET {name} = other.held FROM ({ends}) AS one, ({ends}) AS other"
        " WHERE (changed.tableoid, changed.ctid) = (one.part, one.place)"
        " AND other.held::text <> one.held::text"
    )


def table_damages(table: str, names: list[str]) -> Iterator[Fault]:
    """Rows lost, doubled and re-owned, at several places of the table."""
    every = f"SELECT tableoid, ctid FROM {table} ORDER BY tableoid, ctid"
    for place in range(4):
        one = f"{every} LIMIT 1 OFFSET {place}"
        delete = f"DELETE FROM {table} WHERE (tableoid, ctid) = ({one})"
        yield _damage("row lost", table, f"row {place + 1}", delete)
        listed = ", ".join(f'"{name}"' for name in names)
        given = listed.replace('"id"', "md5('doubled' || id)::uuid", 1)
        copy = f"FROM {table} WHERE (tableoid, ctid) = ({one})"
        if given != listed and "audit." not in table:
            double = f"INSERT INTO {table} ({listed}) SELECT {given} {copy}"
            yield _damage("row doubled", table, f"row {place + 1}, under a new id", double)
        if "date" in names:
            year = listed.replace('"date"', "date - 365", 1)
            double = f"INSERT INTO {table} ({listed}) SELECT {year} {copy}"
            yield _damage("row doubled", table, f"row {place + 1}, a year before", double)
        if "tenant_id" in names:
            other = (
                "SELECT min(other.id::text)::uuid FROM public.tenants AS other"
                f" WHERE other.id IS DISTINCT FROM {table}.tenant_id"
            )
            owner = f"UPDATE {table} SET tenant_id = ({other}) WHERE (tableoid, ctid) = ({one})"
            yield _damage("row re-owned", table, f"row {place + 1}", owner)
    yield _damage("rows lost", table, "all", f"DELETE FROM {table}")


def _damage(kind: str, place: str, what: str, *statements: str) -> Fault:
    return Fault("damage", kind, place, what, statements=statements, asleep=True)

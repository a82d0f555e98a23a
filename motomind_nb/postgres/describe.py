"""Read what a schema holds from the server's own catalog: relations, columns, definition texts.

The search path is the schema alone while its texts are read, so the same texts describe the
source's ``public`` and the staged ``legacy``. Everything here reads only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from psycopg import sql

from motomind_nb.postgres.connection import Connection, Row, rows
from motomind_nb.postgres.description import (
    BUILT_IN,
    INTEGERS,
    TEXTS,
    Column,
    Definition,
    Key,
    Relation,
)
from motomind_nb.postgres.queries import Name, identifier, query, query_names, selected_expression

# by the type's own hash, which depends on every bit of a value and is cheap
HASHED = ("bool", "int2", "int4", "date", "uuid", "bytea", "text", "varchar")
# equal hashes may hide digits (1.0 and 1.00); the bytes in which the server sends a value do not,
# and are cheaper than text
SENT = ("int8", "numeric", "jsonb", "time", "timetz", "timestamp", "timestamptz", "inet", "_text")
CLOCK_OR_SERVER = re.compile(
    r"\b(?:CURRENT_(?:DATE|TIME|TIMESTAMP|USER|ROLE|CATALOG|SCHEMA)|LOCALTIME(?:STAMP)?|SESSION_USER"
    r"|pg_stat_\w+"
    r"|(?:now|(?:clock|statement|transaction)_timestamp|timeofday|random|gen_random_uuid"
    r"|uuid_generate_v\d\w*|current_setting|version|nextval|pg_\w+|inet_\w+|txid_\w+)\()"
)


def lasting_identity(connection: Connection) -> str:
    """Return what tells a database from every other, also after the server was started again.

    Its name, its oid and the cluster's identifier. Reads only.
    """
    found = rows(connection, query("postgres/server/identity"))[0]
    return " / ".join(str(found[name]) for name in ("name", "oid", "system"))


def relations(connection: Connection, schema: str) -> dict[str, Row]:
    """Return the relations of a schema by name.

    Columns: name, kind (text), readable, filtered, populated (boolean), pages (of 8 kB).
    """
    found = rows(connection, query("postgres/describe/relations"), {"schema": schema})
    return {row["name"]: row for row in found}


def describe_schema(
    connection: Connection, schema: str
) -> tuple[dict[str, Relation], tuple[Definition, ...]]:
    """Return the objects of a schema by name, without rows, and the schema's own definitions."""
    values = {"schema": schema}
    connection.execute(query("postgres/describe/look_from"), values)
    columns, reads, texts = (
        _columns(connection, schema),
        _reads(connection, schema),
        _texts(connection, schema),
    )
    keys = _keys(connection, schema)
    objects = {
        name: Relation(
            name,
            row["kind"],
            columns=tuple(columns[name]),
            definitions=tuple(texts[name]),
            reads=tuple(reads[name]),
            keys=tuple(keys[name]),
        )
        for name, row in relations(connection, schema).items()
    }
    own = tuple(
        Definition(**row)
        for area in query_names("postgres/describe/schema")
        for row in rows(connection, query(area), values)
    )
    return _marked(objects), own


def _columns(connection: Connection, schema: str) -> dict[str, list[Column]]:
    """Return the columns of each relation."""
    found: dict[str, list[Column]] = defaultdict(list)
    statement = query("postgres/describe/columns", carried=query("postgres/describe/carried"))
    for row in rows(connection, statement, {"schema": schema}):
        found[row.pop("object")].append(Column(**row))
    return found


def _keys(connection: Connection, schema: str) -> dict[str, list[Key]]:
    """Return the keys of each table as facts."""
    found: dict[str, list[Key]] = defaultdict(list)
    for row in rows(connection, query("postgres/describe/keys"), {"schema": schema}):
        lists = {name: tuple(row[name]) for name in ("columns", "referred")}
        found[row.pop("object")].append(Key(**{**row, **lists}))
    return found


def _reads(connection: Connection, schema: str) -> dict[str, list[str]]:
    """Return the relations that each view reads; those of other schemas with their schema."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(connection, query("postgres/describe/reads"), {"schema": schema}):
        found[row["object"]].append(row["name"])
    return found


def _texts(connection: Connection, schema: str) -> dict[str, list[Definition]]:
    """Return the definition texts of each relation."""
    found: dict[str, list[Definition]] = defaultdict(list)
    for area in query_names("postgres/describe/object"):
        for row in rows(connection, query(area), {"schema": schema}):
            found[row["object"]].append(Definition(row["kind"], row["name"], row["text"]))
    return found


def _marked(objects: dict[str, Relation]) -> dict[str, Relation]:
    """Return the objects with the views that depend on the clock or the server marked volatile."""
    marked: dict[str, Relation] = {}

    def mark(name: str) -> Relation:
        if name not in marked:
            item = marked[name] = objects[name]  # a view cannot read itself: no endless descent
            reason = why_volatile(item) or next(
                (
                    f"reads {other}, which {mark(other).reason}"
                    for other in item.reads
                    if other in objects and mark(other).volatile
                ),
                "",
            )
            marked[name] = replace(item, volatile=bool(reason), reason=reason)
        return marked[name]

    return {name: mark(name) for name in objects}


def why_volatile(item: Relation) -> str:
    """Return why a view's rows depend on more than the tables, empty when they do not."""
    if not item.texts("query"):
        return ""
    outside = [name for name in item.reads if "." in name]
    if outside:
        return f"depends on the server ({', '.join(outside)})"
    found = CLOCK_OR_SERVER.search(item.query())
    return f"depends on the clock or the server ({found[0].rstrip('(')})" if found else ""


def fingerprint(
    connection: Connection, table: Name, source: Iterable[Column] = ()
) -> tuple[int, str]:
    """Return a table's row count and order-free fingerprint, computed by the server.

    ``source`` are the columns of which the table is a copy: where the copy holds integers or texts
    in another type of that kind, they count as if they were in the source's.
    """
    name = identifier(table).as_string(connection)
    statement = query("postgres/describe/carriers", carried=query("postgres/describe/carried"))
    known = {column.name: column.carrier for column in source}
    listed: dict[str, list[sql.Composable]] = {"hashed": [], "sent": []}
    for row in rows(connection, statement, {"table": name}):
        entry = _Entry(row["name"], row["carrier"], known.get(row["name"], ""))
        listed["sent" if entry.counted in SENT else "hashed"].append(entry.composed())
    listed["hashed"] = listed["hashed"] or [sql.SQL("0")]
    holes = {how: sql.SQL(", ").join(columns) for how, columns in listed.items()}
    found = rows(connection, query("postgres/describe/fingerprint", table=table, **holes))[0]
    return found["rows"], str(found["fingerprint"])


@dataclass(frozen=True)
class _Entry:
    """How a column enters a fingerprint: by its carrier here and that of the source, if known."""

    name: str
    carrier: str
    source: str

    @property
    def counted(self) -> str:
        """The built-in type as which its values count."""
        alike = any({self.carrier, self.source} <= {*kind} for kind in (INTEGERS, TEXTS))
        return self.source if alike else self.carrier

    def composed(self) -> sql.Composable:
        """Return the expression. Small integers have the same hash in every type of integer."""
        column = ("t", self.name)
        if self.counted not in BUILT_IN:
            return selected_expression("postgres/describe/foreign", column=column)
        how = "as_carrier" if self.counted in (*HASHED, *SENT) else "written"
        cast = self.carrier if self.counted in ("int2", "int4") else self.counted
        carrier = ("pg_catalog", cast)
        return selected_expression(f"postgres/describe/{how}", column=column, carrier=carrier)

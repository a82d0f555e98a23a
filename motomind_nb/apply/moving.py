"""The moves between schemas: the old objects away, the rebuilt ones into their place, and back."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from motomind_nb.legacy import catalog, read_known_definitions
from motomind_nb.postgres import API_ROLES, Connection, Schemas, as_script, query, rows

PUBLIC = "public"


def function_signatures() -> list[str]:
    """Return the signatures of the fifteen legacy functions."""
    return [item.name for item in read_known_definitions() if item.kind == "function"]


def legacy_moves(connection: Connection, before: str, after: str) -> Iterator[sql.Composed]:
    """Yield the statements that move what is there of the 35 objects and the 15 functions.

    Reads the catalog only.
    """
    for row in legacy_relations(connection, before):
        yield query(
            "apply/switch/move",
            kind=sql.SQL(str(row["kind"])),
            object=(before, str(row["name"])),
            schema=after,
        )
    for row in legacy_functions(connection, before):
        yield query(
            "apply/switch/move_function",
            function=(before, str(row["name"])),
            arguments=sql.SQL(str(row["arguments"])),
            schema=after,
        )


def moves_of_switch(connection: Connection, schemas: Schemas, away: str) -> sql.Composed:
    """Return one script: the old objects moved away, the rebuilt ones into their place.

    The schema in which they were rebuilt is dropped. Reads the catalog only.
    """
    return as_script(
        [
            *legacy_moves(connection, schemas.source, away),
            *built_moves(connection, schemas.target, schemas.source),
            query("apply/switch/drop_schema", schema=schemas.target),
        ]
    )


def legacy_relations(connection: Connection, schema: str) -> list[dict[str, object]]:
    """Return the legacy relations that stand in a schema. Columns: kind, name, id. Reads only."""
    values = {"schema": schema, "names": list(catalog.objects())}
    return rows(connection, query("apply/switch/moved_relations"), values)


def legacy_tables(connection: Connection, schema: str) -> list[str]:
    """Return the legacy tables that stand in a schema, with its name. Reads only."""
    found = legacy_relations(connection, schema)
    return [f"{schema}.{row['name']}" for row in found if row["kind"] == "TABLE"]


def legacy_functions(connection: Connection, schema: str) -> list[dict[str, object]]:
    """Return the legacy functions of a schema. Columns: name, arguments, id. Reads only."""
    values = {"schema": schema, "signatures": function_signatures()}
    functions = query("apply/parts/functions")
    return rows(connection, query("apply/switch/moved_functions", functions=functions), values)


def built_moves(connection: Connection, before: str, after: str) -> Iterator[sql.Composed]:
    """Yield the statements that move all relations that were built in a schema. Reads only."""
    for row in rows(connection, query("apply/switch/built_relations"), {"schema": before}):
        yield query(
            "apply/switch/move",
            kind=sql.SQL(row["kind"]),
            object=(before, row["name"]),
            schema=after,
        )


def ids_of_moved(connection: Connection, schema: str) -> dict[str, int]:
    """Return the oid of each legacy relation and function of a schema by name. Reads only."""
    found = [*legacy_relations(connection, schema), *legacy_functions(connection, schema)]
    return {
        f"{row['name']}({row['arguments']})" if "arguments" in row else str(row["name"]): int(
            str(row["id"])
        )
        for row in found
    }


def make_closed_schema(connection: Connection, schema: str) -> None:
    """Make a schema that only its owner may use, whatever default privileges hand out."""
    connection.execute(query("apply/switch/create_schema", schema=schema))
    for row in rows(connection, query("apply/switch/grantees"), {"schema": schema}):
        connection.execute(query("apply/switch/close", schema=schema, role=row["role"]))


def roles_named_in_public(connection: Connection) -> list[str]:
    """Return the roles of the API that USAGE of schema public is granted to by name. Reads only."""
    values = {"schema": PUBLIC, "roles": list(API_ROLES)}
    return [row["role"] for row in rows(connection, query("apply/rollback/named_usage"), values)]


def take_named_usage_back(connection: Connection, before: list[str]) -> None:
    """Take back what USAGE of the schema the apply granted by name."""
    for role in roles_named_in_public(connection):
        if role not in before:
            connection.execute(query("apply/rollback/revoke_usage", schema=PUBLIC, role=role))

"""What an apply built, by name: what a rollback drops, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import errors, sql

from motomind_nb.apply.state import Application
from motomind_nb.core import Refused
from motomind_nb.postgres import Connection, Row, query, rows

TABLE = 3  # the place of tables in the order of drops
IN_THE_WAY = (errors.DependentObjectsStillExist, errors.DuplicateTable, errors.DuplicateFunction)


def still_there(connection: Connection, application: Application) -> list[Row]:
    """Return what the apply built and is still there. Columns: place, kind, object. Reads only."""
    built = {(row["kind"], row["object"]) for row in application.before["built"]}
    found = rows(connection, query("apply/rollback/built_objects"))
    return [row for row in found if (row["kind"], row["object"]) in built]


def refuse_new_columns(connection: Connection, application: Application) -> None:
    """Raise Refused, naming them, when rebuilt tables got columns that a rollback would lose."""
    known = {row["name"] for row in application.before["columns"]}
    built = {row["object"] for row in application.before["built"]}
    new = [
        row["name"]
        for row in rows(connection, query("apply/rollback/built_columns"))
        if row["name"] not in known and row["name"].rpartition(".")[0] in built
    ]
    if new:
        raise Refused(
            "rollback",
            "the columns that the apply made",
            f"further ones: {', '.join(new)}",
            "save what they hold and drop them first",
        )


def dropping(found: Sequence[Row]) -> list[sql.Composed]:
    """Return a statement for each kind of object, in order. Columns: place, kind, object."""
    kinds = dict.fromkeys(row["kind"] for row in found)
    return [
        query(
            "apply/rollback/drop",
            kind=sql.SQL(kind),
            objects=sql.SQL(", ").join(
                sql.SQL(row["object"]) for row in found if row["kind"] == kind
            ),
        )
        for kind in kinds
    ]


@contextmanager
def refuse_what_is_in_the_way(act: str, expected: str) -> Iterator[None]:
    """Turn what others hang on an object, or put in its place, into a refusal. Raises: Refused."""
    try:
        yield
    except IN_THE_WAY as error:
        raise Refused(
            act,
            expected,
            str(error.diag.message_detail or error.diag.message_primary),
            "take that away or bind it elsewhere first, then run it again",
        ) from error


def drop(connection: Connection, found: Sequence[Row], schema: str) -> None:
    """Drop objects, and the schema that is empty then; nothing that hangs on them. Never commits.

    Columns of found: place, kind, object. Raises: psycopg.errors.DependentObjectsStillExist.
    """
    with connection.transaction():
        for statement in dropping(found):
            connection.execute(statement)
        connection.execute(query("apply/switch/drop_schema", schema=schema))

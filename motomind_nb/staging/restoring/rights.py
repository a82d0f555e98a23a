"""The rights that a backup tells of, and the definitions of the schema and its functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from psycopg import sql

from motomind_nb.backup import Manifest
from motomind_nb.postgres import API_ROLES, Relation
from motomind_nb.staging.restoring.writer import SCHEMA, Writer, raw

MAY_HAND_ON = " WITH GRANT OPTION"
EVERYBODY = "PUBLIC"
WHOLE = sql.SQL("")  # no list of columns
Privileges = list[tuple[str, sql.Composed]]
FUNCTIONS = ("needed function", "function", "procedure")
DEFAULT = re.compile(r"(?P<role>.*) on (?P<kind>tables|sequences|functions|types) of (?P<owner>.*)")
OF_FUNCTION = re.compile(r"(?P<role>.*?) on (?P<function>.*\))", re.DOTALL)
OF_COLUMN = re.compile(r"(?P<role>.*) on (?P<column>.*)")
THE_SCHEMA = sql.SQL("SCHEMA {}").format(sql.Identifier(SCHEMA))


def relation_rights(writer: Writer, item: Relation) -> Iterator[str]:
    """Yield a relation's rights, after taking what default privileges may have given."""
    table = sql.SQL("TABLE {}").format(sql.Identifier(SCHEMA, item.name))
    yield _revoke(writer, table)
    for one in item.texts("grant"):
        yield from _grants(writer, _privileges(one.text), table, one.name)
    for one in item.texts("column grant"):
        if found := OF_COLUMN.fullmatch(one.name):
            column = sql.SQL(" ({})").format(sql.Identifier(found["column"]))
            yield from _grants(writer, _privileges(one.text, column), table, found["role"])


def function_rights(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield the rights on functions: those that the source gave rights on are closed first."""
    given = [one for one in backup.definitions if one.kind == "function grant"]
    names = [found["function"] for one in given if (found := OF_FUNCTION.fullmatch(one.name))]
    for name in dict.fromkeys(names):
        yield _revoke(writer, sql.SQL("ROUTINE " + name))
    for one in given:
        if found := OF_FUNCTION.fullmatch(one.name):
            routine = sql.SQL("ROUTINE " + found["function"])
            yield from _grants(writer, _privileges(one.text), routine, found["role"])


def schema_rights(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield the rights on the schema, and those that new objects in it get."""
    for one in backup.definitions:
        if one.kind == "schema grant":
            yield from _grants(writer, _privileges(one.text), THE_SCHEMA, one.name)
        elif one.kind == "default privilege" and (found := DEFAULT.fullmatch(one.name)):
            yield writer.statement(
                "default_privilege",
                owner=sql.SQL(found["owner"]),
                schema=SCHEMA,
                privilege=raw(one),
                kind=sql.SQL(found["kind"].upper()),
                role=_role(found["role"]),
            )


def sequence_rights(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield the rights on the sequences of columns, as default privileges give them.

    A backup does not hold a sequence's own rights.
    """
    names = [one.name for item in backup.tables() for one in item.texts("sequence")]
    for one in backup.definitions:
        found = DEFAULT.fullmatch(one.name) if one.kind == "default privilege" else None
        for name in names if found and found["kind"] == "sequences" else ():
            place = sql.SQL("SEQUENCE {}").format(sql.Identifier(SCHEMA, name))
            yield from _grants(writer, _privileges(one.text), place, str(found and found["role"]))


def functions(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield the functions and procedures, first those that something else calls."""
    for kind in FUNCTIONS:
        for one in backup.definitions:
            if one.kind == kind:
                name = "procedure" if kind == "procedure" else "function"
                yield writer.statement(name, schema=SCHEMA, definition=raw(one))


def schema_comments(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield the comments on the schema and its functions."""
    for one in backup.definitions:
        if one.kind == "comment":
            part = THE_SCHEMA if one.name == "schema" else sql.SQL("ROUTINE " + one.name)
            yield writer.statement("comment", object=part, text=sql.Literal(one.text))


def _revoke(writer: Writer, place: sql.Composable) -> str:
    """Return the statement that takes all rights from everybody but the owner."""
    roles = sql.SQL(", ").join([sql.SQL(EVERYBODY), *map(sql.Identifier, API_ROLES)])
    return writer.statement("revoke", object=place, roles=roles)


def _grants(
    writer: Writer, privileges: Privileges, place: sql.Composable, role: str
) -> Iterator[str]:
    """Yield the statements that grant rights."""
    for kind, privilege in privileges:
        yield writer.statement(kind, privilege=privilege, object=place, role=_role(role))


def _privileges(text: str, columns: sql.Composable = WHOLE) -> Privileges:
    """Return each right of a list, on some columns alone, with the statement that grants it.

    Each may be one that can be handed on.
    """
    return [
        (
            "grant_on" if word.endswith(MAY_HAND_ON) else "grant",
            sql.SQL(word.removesuffix(MAY_HAND_ON)) + columns,
        )
        for word in text.split(", ")
    ]


def _role(name: str) -> sql.Composable:
    """Return a role's name, or the word for everybody."""
    return sql.SQL(EVERYBODY) if name == EVERYBODY else sql.Identifier(name)

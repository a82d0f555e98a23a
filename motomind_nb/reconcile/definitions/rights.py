"""What became of each right that somebody holds on the old objects.

What the API's roles may do is decided by the plan (schema/target/rights.csv, which the live
database is compared with); every other role's right is lost unless it still works.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from motomind_nb.backup import Manifest
from motomind_nb.legacy import SCHEMA, catalog, function_names
from motomind_nb.postgres import API_ROLES, Connection, Definition, Relation, query, rows
from motomind_nb.reconcile.definitions.outcomes import Fate, Outcome

PLANNED = "rights.csv lists what the role may do"
MAKES_OBJECTS = (
    "the role may make objects between the rebuilt ones, functions and operators among them, and"
    " keeps that right in a migration in place: REVOKE CREATE ON SCHEMA public FROM {role}, unless"
    " it is meant"
)


class Right(NamedTuple):
    """A right of a role (or PUBLIC) on an object, or on one of its columns."""

    object: str
    role: str
    command: str
    column: str


def right_outcomes(connection: Connection, before: Manifest) -> Iterator[Outcome]:
    """Yield what became of each right on the objects, on the schema and its functions."""
    held = [right for item in before.objects for right in rights_on_object(item)]
    others = [right for right in held if right.role not in API_ROLES]
    working = _working(connection, others)
    for right in others:
        yield _outcome(right, right in working, before.source.get("reader", ""))
    for name, role in dict.fromkeys((right.object, right.role) for right in held):
        if role in API_ROLES:
            yield Outcome(name, "grant", role, "replaced", "", "ok", PLANNED, "", "")
    for item in before.definitions:
        if item.kind in ("schema grant", "default privilege", "function grant"):
            yield _of_schema(item)


def rights_on_object(item: Relation) -> Iterator[Right]:
    """Yield the rights on one object, one for each role and command."""
    for text in item.texts("grant", "column grant"):
        role, column = text.name, ""
        if text.kind == "column grant":
            role, _, column = text.name.rpartition(" on ")
        for command in text.text.split(", "):
            yield Right(item.name, role, command, column)


def _working(connection: Connection, rights: list[Right]) -> set[Right]:
    """Return the rights that work in the rebuilt schema, too. Reads only."""
    if not rights:
        return set()
    targets = {name: item.target for name, item in catalog.objects().items()}
    schema = connection.schemas.target
    values = {
        "tables": [
            (targets[right.object] or "").replace("public.", f"{schema}.") for right in rights
        ],
        "roles": [right.role for right in rights],
        "commands": [right.command for right in rights],
        "columns": [_column_after_rebuild(right) for right in rights],
    }
    found = rows(connection, query("reconcile/working_rights"), values)
    return {right for right, row in zip(rights, found, strict=True) if row["works"]}


def _column_after_rebuild(right: Right) -> str:
    """Return the column of the rebuilt table that holds what the right's column held."""
    known = {item.name: item for item in catalog.objects()[right.object].columns}
    item = known.get(right.column)
    return item.targets[0] if item and item.targets else right.column


def _outcome(right: Right, works: bool, reader: str) -> Outcome:
    """Return what became of one right."""
    name = f"{right.role} {right.command}" + (f" of {right.column}" if right.column else "")
    if works:
        fate = Fate("kept", "ok", "")
    elif right.role == reader:
        fate = Fate("lost", "warn", "a right of the role that took the backup")
    else:
        fate = Fate(
            "lost", "fail", "the rebuilt schema gives this right to nobody but its own roles"
        )
    return Outcome(
        right.object, "grant", name, fate.name, "", fate.status, fate.reason, "", right.command
    )


def _of_schema(item: Definition) -> Outcome:
    """Return what became of a right on the schema, on a function, or on objects made later."""
    function, known = item.name.rpartition(" on ")[2].partition("(")[0], ""
    if item.kind == "function grant" and function in function_names():
        fate = Fate("gone", "ok", "gone with its function")
    elif item.kind == "schema grant" and "CREATE" in item.text.split(", "):
        fate, known = Fate("kept", "warn", MAKES_OBJECTS.format(role=item.name)), "no CREATE"
    else:
        fate = Fate("kept", "ok", "belongs to schema public or another's function, which stay")
    return Outcome(
        SCHEMA, item.kind, item.name, fate.name, "", fate.status, fate.reason, known, item.text
    )

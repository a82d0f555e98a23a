"""What hangs on the moved tables from outside: bound to the rebuilt ones, and back.

The accept file says of each what to do with it. What can be made anew exactly is (foreign keys,
views, parsed functions); publications follow by name; everything else is the operator's own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from motomind_nb.core import Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, compose, query, raise_outage, rows

REFERRED = re.compile(r"\bREFERENCES (\w+)\(id\)")
# the rebuilt tables whose id is a key
KEYED = ("tenants", "users", "garages", "vehicles", "vehicle_images", "reminders")
REPLACED = (
    "tenants",
    "users",
    "garages",
    "vehicles",
    "vehicle_images",
    "reminders",
    "vehicle_events",
)


@dataclass(frozen=True)
class Bound:
    """Something from outside that is bound to tables by a text, as it stood before.

    ``fires``: whether a foreign key's triggers are all as they were made; ``owned``: whether this
    role may change it; ``routine``: the oid of a function.
    """

    kind: str
    subject: str
    place: str
    name: str
    text: str
    comment: str = ""
    fires: bool = True
    owned: bool = True
    routine: int | None = None

    @property
    def has_successor(self) -> bool:
        """Whether it is no foreign key, or one to the id of a table that is rebuilt by its name."""
        found = REFERRED.search(self.text)
        return self.kind != "foreign key" or (found is not None and found[1] in KEYED)

    def statements(self) -> list[sql.Composed]:
        """Return the statements that bind it to the tables of the search path."""
        if not self.comment:
            return [self._bind()]
        holes = {"table": sql.SQL(self.place), "comment": sql.Literal(self.comment)}
        return [self._bind(), query("apply/outside/comment_key", name=self.name, **holes)]

    def _bind(self) -> sql.Composed:
        """Return the statement that makes it anew; a foreign key loses its comment."""
        place, text = sql.SQL(self.place), sql.SQL(self.text)
        match self.kind:
            case "foreign key":
                return query(
                    "apply/outside/replace_key", table=place, name=self.name, definition=text
                )
            case "view":
                return query("apply/outside/replace_view", view=place, definition=text)
        return compose("{text}", text=text)


@dataclass(frozen=True)
class Member:
    """A table of a publication, by the table's name without its schema."""

    publication: str
    table: str


def bound_from_outside(connection: Connection, schema: str) -> list[Bound]:
    """Return what hangs on a schema's legacy relations and can be made anew. Reads only.

    The search path is put back.
    """
    with connection.transaction(force_rollback=True):
        connection.execute(query("apply/outside/look_from"), {"path": schema})
        values = {"schema": schema, "names": list(catalog.objects())}
        found = rows(connection, query("apply/outside/rebindable"), values)
        # the findings name everything with its schema
        connection.execute(query("apply/outside/look_from"), {"path": ""})
        names = {"ids": [row["routine"] for row in found]}
        named = rows(connection, query("apply/outside/signatures"), names)
    signatures = {row["routine"]: f"{row['kind']} {row['signature']}" for row in named}
    for row in found:
        row["subject"] = signatures.get(row["routine"], row["subject"])
    return sorted((Bound(**row) for row in found), key=lambda item: (item.kind, item.subject))


def places(bound: Sequence[Bound]) -> list[str]:
    """Return the tables and views that making these anew changes, as SQL names them."""
    return [item.place for item in bound if item.kind != "function"]


def rebind(connection: Connection, held: Sequence[Bound], schema: str) -> None:
    """Bind each to the tables of a schema. Never commits.

    Raises: Refused where those tables have no such column, key or row.
    """
    connection.execute(query("apply/outside/look_from"), {"path": f"{schema}, extensions"})
    for item in held:
        try:
            with connection.transaction():
                for statement in item.statements():
                    connection.execute(statement)
        except psycopg.Error as error:
            raise_outage(error)
            raise Refused(
                item.subject,
                f"handled = rebind, over the tables of {schema}",
                f"{error.diag.message_primary} {error.diag.message_detail or ''}".strip(),
                "say handled = also and bind it by --also, or settle its rows; nothing was changed",
            ) from error
    connection.execute(query("apply/outside/look_from"), {"path": "public"})


def published(connection: Connection, schema: str) -> list[Member]:
    """Return where a schema's tables that have a successor are published. Reads only."""
    values = {"schema": schema, "names": list(REPLACED)}
    statement = query("apply/outside/published", published=query("apply/parts/published"))
    found = rows(connection, statement, values)
    return [Member(row["publication"], row["name"]) for row in found]


def move_publications(
    connection: Connection, members: Sequence[Member], before: str, after: str
) -> None:
    """Let the tables of one schema take the place of another's in publications. Never commits."""
    for member in members:
        for act, schema in (("unpublish", before), ("publish", after)):
            connection.execute(member_statement(act, member, schema))


def member_statement(act: str, member: Member, schema: str) -> sql.Composed:
    """Return the statement that publishes or unpublishes a schema's table."""
    table = (schema, member.table)
    return query(f"apply/outside/{act}", publication=member.publication, table=table)


def as_facts(bound: Sequence[Bound], members: Sequence[Member]) -> dict[str, Any]:
    """Return what rollback must bind back, as plain values for JSON."""
    return {
        "bound": [asdict(item) for item in bound],
        "published": [asdict(item) for item in members],
    }


def bound_in_facts(facts: dict[str, Any]) -> list[Bound]:
    """Return what rollback must bind back, as ``as_facts`` wrote it."""
    return [Bound(**item) for item in facts["bound"]]


def members_in_facts(facts: dict[str, Any]) -> list[Member]:
    """Return what rollback must publish again, as ``as_facts`` wrote it."""
    return [Member(**item) for item in facts["published"]]

"""What hangs on the moved tables from outside: bound to the rebuilt ones, and back.

The accept file says of each what to do with it. What can be made anew exactly is (foreign keys,
views, parsed functions); publications follow by name; everything else is the operator's own text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
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
    role may change it; ``routine``: the oid of a function; ``has_partitions``: of a key's table.
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
    has_partitions: bool = False

    @property
    def is_added_before(self) -> bool:
        """Whether it is a key that is added and proved before anybody waits for the switch.

        A key of partitions is not: it can be renamed, but not with the keys of all its partitions.
        """
        return self.kind == "foreign key" and not self.has_partitions

    @property
    def added_name(self) -> str:
        """The name of an added key until it takes the place of the one that it stands for."""
        return f"motomind_{hashlib.sha256(self.subject.encode()).hexdigest()[:16]}"

    @property
    def has_successor(self) -> bool:
        """Whether it is no foreign key, or one to the id of a table that is rebuilt by its name."""
        found = REFERRED.search(self.text)
        return self.kind != "foreign key" or (found is not None and found[1] in KEYED)

    def statements(self) -> list[sql.Composed]:
        """Return the statements that bind it to the tables of the search path."""
        return [self._bind(), *self._comments()]

    def statements_before(self) -> list[sql.Composed]:
        """Return the statement that adds a key over the tables of the search path."""
        holes = {"table": sql.SQL(self.place), "definition": sql.SQL(self.text)}
        return [query("apply/outside/add_key", name=self.added_name, **holes)]

    def statements_after(self) -> list[sql.Composed]:
        """Return the statements that let the added key take its place; others bind it."""
        if not self.is_added_before:
            return self.statements()
        names = {"name": self.name, "added": self.added_name}
        place = query("apply/outside/give_place_to_key", table=sql.SQL(self.place), **names)
        return [place, *self._comments()]

    def _comments(self) -> list[sql.Composed]:
        """Return the statement that gives a foreign key its own comment again, if it has one."""
        if not self.comment:
            return []
        holes = {"table": sql.SQL(self.place), "comment": sql.Literal(self.comment)}
        return [query("apply/outside/comment_key", name=self.name, **holes)]

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


def accepted_bound(connection: Connection, subjects: Container[str], schema: str) -> list[Bound]:
    """Return what of ``bound_from_outside`` is accepted to be made anew. Reads only."""
    return [item for item in bound_from_outside(connection, schema) if item.subject in subjects]


def refuse_changed(before: Sequence[Bound], now: Sequence[Bound]) -> None:
    """Raise Refused, naming them, when dependents are not what they were when keys were added."""
    if changed := sorted({item.subject for item in {*now} ^ {*before}}):
        raise Refused(
            "outside dependent",
            "what is bound anew stays as it is meanwhile",
            f"changed by somebody: {', '.join(changed)}",
            "run it again when the change is done; nothing was changed",
        )


def places(bound: Sequence[Bound]) -> list[str]:
    """Return the tables and views that making these anew changes, as SQL names them."""
    return [item.place for item in bound if item.kind != "function"]


def added_before(bound: Iterable[Bound]) -> list[Bound]:
    """Return the keys that are added before the switch."""
    return [item for item in bound if item.is_added_before]


def add_keys_beside(connection: Connection, held: Sequence[Bound], schema: str) -> None:
    """Add each key a second time, over the tables of a schema, and prove it. Never commits.

    Raises: Refused where those tables lack a row that it refers to.
    """
    _bind(connection, {item: item.statements_before() for item in held}, schema)


def rebind_after_switch(connection: Connection, held: Sequence[Bound], schema: str) -> None:
    """Bind each to the tables of a schema, keys by those that were added. Never commits.

    Raises: Refused where those tables have no such column, key or row.
    """
    _bind(connection, {item: item.statements_after() for item in held}, schema)


def rebind(connection: Connection, held: Sequence[Bound], schema: str) -> None:
    """Bind each to the tables of a schema. Never commits.

    Raises: Refused where those tables have no such column, key or row.
    """
    _bind(connection, {item: item.statements() for item in held}, schema)


def _bind(connection: Connection, held: Mapping[Bound, list[sql.Composed]], schema: str) -> None:
    """Execute the statements of each with the search path on a schema."""
    connection.execute(query("apply/outside/look_from"), {"path": f"{schema}, extensions"})
    for item, statements in held.items():
        try:
            with connection.transaction():
                for statement in statements:
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

"""The definitions of a relation as the statements that make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from psycopg import sql

from motomind_nb.postgres import Connection, Definition, Name, Relation, compose, query_text

SCHEMA = "public"
STATES = {"disabled": "DISABLE", "always": "ENABLE ALWAYS", "replica": "ENABLE REPLICA"}
STATE = re.compile(r" -- (disabled|always|replica)$")
PARTS = {"index": "INDEX {0}", "constraint": "CONSTRAINT {0} ON {1}"}
PARTS |= {"trigger": "TRIGGER {0} ON {1}", "policy": "POLICY {0} ON {1}"}
KEYS = ("primary key", "unique", "exclusion", "check")
FOREIGN = ("foreign key", "outside foreign key")
Maker = Callable[[Relation, Definition], Iterable[str]]


@dataclass(frozen=True)
class Writer:
    """Writes statements as the server of a connection reads them."""

    connection: Connection

    def statement(self, kind: str, /, **holes: Name) -> str:
        """Return a statement of ``staging/remaining``, its holes filled."""
        lines = query_text(f"staging/remaining/{kind}").splitlines()
        code = "\n".join(line for line in lines if not line.startswith("--"))
        return compose(code, **holes).as_string(self.connection)

    def of_relation(self, item: Relation, one: Definition) -> list[str]:
        """Return the statements that make a definition of a relation. Raises: KeyError."""
        makers: dict[str, Maker] = {
            **dict.fromkeys((*KEYS, *FOREIGN), self._constraint),
            **dict.fromkeys(("index", "statistics"), self._as_it_is),
            **dict.fromkeys(("trigger", "rule"), self._with_state),
            "row level security": self._row_security,
            "policy": self._policy,
            "comment": self._comment,
            "sequence": self._sequence,
            "sequence owner": self._sequence_owner,
            "sequence value": self._sequence_value,
            "identity": self._identity,
            "option": self._option,
            "persistence": self._unlogged,
            "replica identity": self._replica_identity,
        }
        return list(makers[one.kind](item, one))

    def view(self, item: Relation) -> str:
        """Return the statement of a view, without rows where it had none."""
        kind = "materialized_view" if item.kind == "materialized view" else "view"
        text = item.query().rstrip().removesuffix(";")
        empty = "\nWITH NO DATA" if item.reason.startswith("never refreshed") else ""
        return self.statement(kind, name=(SCHEMA, item.name), query=sql.SQL(text + empty))

    def default(self, item: Relation, column: str, expression: str) -> str:
        """Return the statement of a column's default."""
        table, text = (SCHEMA, item.name), sql.SQL(expression)
        return self.statement("default", table=table, column=column, expression=text)

    def _constraint(self, item: Relation, one: Definition) -> Iterator[str]:
        table = (SCHEMA, item.name)
        yield self.statement("constraint", table=table, name=one.name, rule=raw(one))

    def _as_it_is(self, _: Relation, one: Definition) -> Iterator[str]:
        yield one.text

    def _with_state(self, item: Relation, one: Definition) -> Iterator[str]:
        """Yield a trigger or rule, and when it works if that is not as usual."""
        yield STATE.sub("", one.text)
        if found := STATE.search(one.text):
            state, table = sql.SQL(STATES[found[1]]), (SCHEMA, item.name)
            yield self.statement(f"{one.kind}_state", table=table, name=one.name, state=state)

    def _row_security(self, item: Relation, one: Definition) -> Iterator[str]:
        if one.text.startswith("on"):
            yield self.statement("row_security", table=(SCHEMA, item.name))
        if one.text.endswith("forced"):
            yield self.statement("row_security_forced", table=(SCHEMA, item.name))

    def _policy(self, item: Relation, one: Definition) -> Iterator[str]:
        table = (SCHEMA, item.name)
        yield self.statement("policy", name=one.name, table=table, definition=raw(one))

    def _comment(self, item: Relation, one: Definition) -> Iterator[str]:
        part = _commented_part(item, one.name)
        yield self.statement("comment", object=part, text=sql.Literal(one.text))

    def _sequence(self, _: Relation, one: Definition) -> Iterator[str]:
        yield self.statement("sequence", name=(SCHEMA, one.name), options=raw(one))

    def _sequence_owner(self, item: Relation, one: Definition) -> Iterator[str]:
        table = (SCHEMA, item.name)
        sequence = (SCHEMA, one.name)
        yield self.statement("sequence_owner", name=sequence, table=table, column=one.text)

    def _sequence_value(self, _: Relation, one: Definition) -> Iterator[str]:
        name = sql.Literal(sql.Identifier(SCHEMA, one.name).as_string(self.connection))
        yield self.statement("sequence_value", name=name, number=raw(one))

    def _identity(self, item: Relation, one: Definition) -> Iterator[str]:
        table = (SCHEMA, item.name)
        yield self.statement("identity", table=table, column=one.name, generation=raw(one))

    def _option(self, item: Relation, one: Definition) -> Iterator[str]:
        kind, name = "table_option" if item.is_table else "view_option", (SCHEMA, item.name)
        setting = sql.Literal(one.text)
        yield self.statement(kind, name=name, option=one.name, setting=setting)

    def _unlogged(self, item: Relation, _: Definition) -> Iterator[str]:
        yield self.statement("unlogged", table=(SCHEMA, item.name))

    def _replica_identity(self, item: Relation, one: Definition) -> Iterator[str]:
        yield self.statement("replica_identity", table=(SCHEMA, item.name), identity=raw(one))


def raw(one: Definition) -> sql.SQL:
    """Return a definition's text as it stands in the backup."""
    return sql.SQL(one.text)


def _commented_part(item: Relation, name: str) -> sql.Composable:
    """Return what a comment is on: the relation, a column or another part of it."""
    table = sql.Identifier(SCHEMA, item.name)
    kind, _, rest = name.partition(" ")
    if not name:
        return sql.SQL(item.kind.upper() + " {}").format(table)
    if kind in PARTS and name not in [column.name for column in item.columns]:
        place = sql.Identifier(SCHEMA, rest) if kind == "index" else sql.Identifier(rest)
        return sql.SQL(PARTS[kind]).format(place, table)
    return sql.SQL("COLUMN {}").format(sql.Identifier(SCHEMA, item.name, name))

"""The two schemas that every query of the migration names: where the rows come from and go to.

A rehearsal reads ``legacy`` and writes ``public``; the migration in place builds schema ``next``
beside the ``public`` that it reads. So a query says {source} and {target}, and what these are is a
property of the connection that it is sent through: it is filled in when the statement is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from psycopg import sql
from psycopg.abc import AdaptContext

PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Schemas:
    """The schemas of the 35 legacy objects and of the rebuilt tables.

    Both are plain lower-case names, so that they need no quotes and can stand inside a literal.
    """

    source: str = "legacy"
    target: str = "public"

    def __post_init__(self) -> None:
        for name in (self.source, self.target):
            if not PLAIN.fullmatch(name):
                raise ValueError(f"a schema has a plain lower-case name, not {name!r}")


class SchemaName(sql.Composable):
    """One of the two schemas, known when the statement is sent."""

    def __init__(self, which: Literal["source", "target"]) -> None:
        super().__init__(which)

    def as_bytes(self, context: AdaptContext | None = None) -> bytes:
        """Return the name that the connection of the context gives to the schema."""
        connection = context.connection if context is not None else None
        schemas = getattr(connection, "schemas", None) or Schemas()
        return str(getattr(schemas, self._obj)).encode()


SOURCE, TARGET = SchemaName("source"), SchemaName("target")


def in_source(name: str) -> sql.Composed:
    """Return a legacy object's qualified name."""
    return sql.SQL("{}.{}").format(SOURCE, sql.Identifier(name))


def in_target(name: str) -> sql.Composed:
    """Return a rebuilt object's qualified name."""
    return sql.SQL("{}.{}").format(TARGET, sql.Identifier(name))

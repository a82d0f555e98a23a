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

TAKEN = {"private", "audit", "extensions", "information_schema"}
# key words that PostgreSQL takes for no schema's name without quotes (its appendix on key words)
KEY_WORDS = """
all analyse analyze and any array as asc asymmetric authorization binary both case cast
check collate collation column concurrently constraint create cross current_catalog
current_date current_role current_schema current_time current_timestamp current_user
default deferrable desc distinct do else end except false fetch for foreign freeze from
full grant group having ilike in initially inner intersect into is isnull join lateral
leading left like limit localtime localtimestamp natural not notnull null offset on only
or order outer overlaps placing primary references returning right select session_user
similar some symmetric system_user table tablesample then to trailing true union unique
user using variadic verbose when where window with
"""
RESERVED = frozenset(KEY_WORDS.split())
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
            taken = name in TAKEN or name in RESERVED or name.startswith("pg_")
            if taken or not PLAIN.fullmatch(name):
                raise ValueError(f"{name!r} is not a plain lower-case name that is free")
        if self.source == self.target:
            raise ValueError(f"{self.source!r} is both where rows come from and where they go")


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

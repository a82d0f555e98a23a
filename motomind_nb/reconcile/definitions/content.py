"""What a definition says, apart from its name: the form in which two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from motomind_nb.legacy import SCHEMA, KnownDefinition, catalog
from motomind_nb.postgres import (
    Definition,
    Relation,
    definition_without_name,
    drop_server_differences,
)

# what stands at a column or in the only place of its kind; the name of all others is a hint
PLACED = ("default", "not null", "identity", "generated", "option", "publication", "type")
PARTS = ("index", "constraint", "trigger", "policy")
RIGHTS = ("grant", "column grant", "schema grant", "function grant", "default privilege")
# told elsewhere: jobs by what hangs on the 35 objects from outside, the last value by the rows
ELSEWHERE = ("cron job", "sequence value", "not compared")
BODY = re.compile(r"\nAS \$|\nBEGIN ATOMIC|\n RETURN ")


class Fact(NamedTuple):
    """The content of a definition: its object, its kind, where it stands, and its text."""

    object: str
    kind: str
    where: str
    text: str


@dataclass(frozen=True)
class Held:
    """A definition that a schema holds: its names (equal ones count once) and its text."""

    names: tuple[str, ...]
    text: str


def object_definition_facts(name: str, item: Relation) -> dict[Fact, Held]:
    """Return the definitions of one object, those of its columns among them, without rights."""
    return _gathered(name, [*item.definitions, *_of_columns(item)])


def schema_facts(definitions: Iterable[Definition], name: str = SCHEMA) -> dict[Fact, Held]:
    """Return the functions and comments of a schema."""
    return _gathered(name, definitions)


def fact_of_known_definition(item: KnownDefinition) -> Fact:
    """Return the content of a definition of the catalog."""
    return Fact(item.object, item.kind, _where(item.kind, item.name), _text(item.kind, item.text))


def summarize_function(definition: str) -> str:
    """Return what is known of a function: what it returns, how it runs, which objects it names."""
    head, *body = BODY.split(definition, maxsplit=1)
    named = sorted(set(_objects().findall("".join(body))))
    attributes = " ".join(head.partition("\n")[2].split())
    return f"{attributes}; names {'+'.join(named) or 'nothing'}"


def _of_columns(item: Relation) -> Iterator[Definition]:
    """Yield type, NOT NULL and default of a table's columns."""
    if item.kind not in ("table", "partitioned table"):
        return
    for column in item.columns:
        yield Definition("type", column.name, column.type)
        if not column.nullable:
            yield Definition("not null", column.name, "NOT NULL")
        if column.default is not None:
            yield Definition("default", column.name, column.default)


def _gathered(name: str, definitions: Iterable[Definition]) -> dict[Fact, Held]:
    """Return definitions by content; what is there twice is one entry with both names."""
    found: dict[Fact, Held] = {}
    for item in definitions:
        if item.kind in (*RIGHTS, *ELSEWHERE):
            continue
        kind = item.kind.removeprefix("needed ")
        text = summarize_function(item.text) if kind == "function" else item.text
        fact = Fact(name, kind, _where(kind, item.name), _text(kind, text))
        names = found[fact].names if fact in found else ()
        found[fact] = Held((*names, item.name), text)
    return found


def _where(kind: str, name: str) -> str:
    """Return the part of a name that says where a definition stands, '' for a name that hints."""
    if kind == "comment":
        part = name.partition(" ")[0]
        return part if part in PARTS else name
    return name if kind in (*PLACED, "function", "procedure") else ""


def _text(kind: str, text: str) -> str:
    """Return a text as it is compared."""
    return drop_server_differences(text) if kind == "query" else definition_without_name(kind, text)


@cache
def _objects() -> re.Pattern[str]:
    """Return the pattern of the 35 objects' names in a text, unqualified or in schema public."""
    names = "|".join(catalog.objects())
    return re.compile(rf'(?:\bpublic\.|(?<![\w.$"]))"?({names})\b')

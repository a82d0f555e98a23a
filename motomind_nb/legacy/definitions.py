"""The definitions of the old schema: every rule, key, index, policy and function, and its fate.

One file, ``definitions.csv``, is the only home of these facts. A definition is known by its object
and its text; ``name`` is what the real schema calls it, a hint and no more. Only what stands at a
column (default, not null, comment) or is the only one of its kind is also known by its place.
Fates: kept (the same text in the rebuilt schema), replaced (by the definition named), gone.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("definitions.csv")
SCHEMA = "(schema)"


@dataclass(frozen=True)
class Successor:
    """The definition of the rebuilt schema that takes the place of an old one."""

    object: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.object} {self.kind} {self.name}".strip()


@dataclass(frozen=True)
class KnownDefinition:
    """One definition of the old schema, what becomes of it and why.

    ``status`` is how its fate is told: ok, or note where people may want to know.
    """

    object: str
    kind: str
    name: str
    text: str
    fate: str
    now: Successor | None
    status: str
    reason: str


@cache
def read_known_definitions() -> tuple[KnownDefinition, ...]:
    """Return all definitions of definitions.csv, in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_known(row) for row in csv.DictReader(file))


def function_names() -> tuple[str, ...]:
    """Return the names of the fifteen functions, without their arguments."""
    found = (item.name for item in read_known_definitions() if item.kind == "function")
    return tuple(name.partition("(")[0] for name in found)


def _known(row: dict[str, str]) -> KnownDefinition:
    """Return the definition of one line of the file."""
    now = Successor(row["now_object"], row["now_kind"], row["now_name"])
    return KnownDefinition(
        row["object"],
        row["kind"],
        row["name"],
        row["text"],
        row["fate"],
        now if now.kind else None,
        row["status"],
        row["reason"],
    )

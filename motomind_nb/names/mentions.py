"""A place in a source tree that names something old, and the old names by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from motomind_nb.legacy import OldName, old_names

EVENTS = "vehicle_events"


@dataclass(frozen=True)
class Mention:
    """A place that names an old object, column or function. ``is_guess``: it only may be one."""

    file: str
    line: int
    old: OldName
    is_guess: bool
    text: str


@dataclass(frozen=True)
class Hit:
    """An old name at a place of a text."""

    start: int
    old: OldName
    is_guess: bool = False


@cache
def relations() -> dict[str, OldName]:
    """Return the 35 objects by name."""
    return {item.object: item for item in old_names() if item.kind not in ("column", "function")}


@cache
def functions() -> dict[str, OldName]:
    """Return the functions by name."""
    return {item.object: item for item in old_names() if item.kind == "function"}


@cache
def columns_of(relation: str) -> dict[str, OldName]:
    """Return the columns of an object by name."""
    found = [item for item in old_names() if item.object == relation and item.is_column]
    return {item.column: item for item in found}


@cache
def changed_columns(relation: str) -> dict[str, OldName]:
    """Return the columns of an object that must be written otherwise.

    Those of an object that goes whole are left out, and those that keep their name elsewhere: who
    changes the object's name there has changed them too.
    """
    if relation not in relations() or relations()[relation].fate == "goes":
        return {}
    return {
        name: item
        for name, item in columns_of(relation).items()
        if item.fate in ("renamed", "goes")
        or (item.fate == "moves" and not item.successor.endswith(f".{name}"))
    }


@cache
def owners_of(column: str) -> tuple[str, ...]:
    """Return the objects of which a column of this name must be written otherwise."""
    return tuple(name for name in relations() if column in changed_columns(name))


def is_gone(relation: str) -> bool:
    """Return whether an object is no longer there under its name."""
    return relations()[relation].fate != "stays"


def is_own_word(name: str) -> bool:
    """Return whether a name is hardly a word of prose: ``fuel_logs``, and not ``uploads``."""
    return "_" in name


def any_of(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, longer ones first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))

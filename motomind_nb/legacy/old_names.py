"""Where everything went: old objects, columns and functions, their successors, what to write.

All of it is read from the catalog, the second mapping and the definitions: nothing is said twice.
Fates of a name: stays, renamed (another name or other values in the same table), moves (to another
table), goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from motomind_nb.legacy import catalog
from motomind_nb.legacy.catalog import LegacyColumn, LegacyObject
from motomind_nb.legacy.definitions import KnownDefinition, read_known_definitions
from motomind_nb.legacy.mapping import mapping_lines

if TYPE_CHECKING:
    import pandas as pd

PUBLIC, PAYLOAD, WHOLE_ROW = "public.", "payload.", "legacy_row."
FUNCTION = "function"
HEAD = """# Where everything went

The 35 objects and 15 functions of the old schema, and the columns that do not stay under their
names: each with what became of it, its successor and what to write instead. Objects that stay keep
all their other columns; those that go take all of theirs along. `make definitions` writes this page
from the catalog; `motomind names PATH` looks for these names in the source of an application.

| name | kind | fate | successor | instead |
| --- | --- | --- | --- | --- |
"""
ROWS_KEPT = "its rows stay in the verified backup and in schema legacy"


@dataclass(frozen=True)
class OldName:
    """An old object, a column of one (``column`` is empty for the object itself) or a function."""

    kind: str
    object: str
    column: str
    fate: str
    successor: str
    instead: str

    @property
    def name(self) -> str:
        """The name as people say it: ``reminders``, ``reminders.due_miles``, ``f()``."""
        if self.kind == FUNCTION:
            return f"{self.object}()"
        return f"{self.object}.{self.column}" if self.column else self.object

    @property
    def is_column(self) -> bool:
        """Whether it is a column."""
        return bool(self.column)


@cache
def old_names() -> tuple[OldName, ...]:
    """Return the 35 objects, each with its columns, and the fifteen functions."""
    found = [name for item in catalog.objects().values() for name in _of_object(item)]
    functions = [item for item in read_known_definitions() if item.kind == FUNCTION]
    return (*found, *map(_of_function, functions))


def old_names_table() -> pd.DataFrame:
    """Return where everything went: objects, functions, and the columns that do not stay.

    A column of an object that goes or moves whole is no line of its own.
    Columns: name, kind, fate, successor, instead (text).
    """
    import pandas as pd

    listed = [item for item in old_names() if not item.is_column or _has_a_line(item)]
    lines = [(item.name, item.kind, item.fate, item.successor, item.instead) for item in listed]
    return pd.DataFrame(lines, columns=["name", "kind", "fate", "successor", "instead"])


def old_names_page() -> str:
    """Return the table as a page in Markdown; ``make definitions`` stores it."""
    lines = [" | ".join(map(str, row)) for row in old_names_table().itertuples(index=False)]
    return HEAD + "".join(f"| {line} |\n" for line in lines)


def _has_a_line(item: OldName) -> bool:
    """Return whether a column's fate is another than its object's, or says more."""
    told = (*catalog.KEPT, *catalog.FOLDED)
    return item.fate != "stays" and item.object in told


def _of_object(item: LegacyObject) -> Iterator[OldName]:
    """Yield an object and its columns."""
    whole = _object(item)
    yield whole
    for column in item.columns:
        yield _column(item, column, whole)


def _object(item: LegacyObject) -> OldName:
    """Return where an object went."""
    target = item.target.removeprefix(PUBLIC)
    if item.fate == "kept":
        return OldName(item.kind, item.name, "", "stays", target, item.reason)
    if item.fate == "folded":
        kind = _event_type(item.name)
        return OldName(
            item.kind,
            item.name,
            "",
            "moves",
            f"{target}, type '{kind}'",
            f"read {target} where type = '{kind}'; write with that type and never update or delete:"
            " a correction is a new event (supersedes_id)",
        )
    if target:
        said = f"{item.reason}; its rows are read by the owner only, others ask private.is_member()"
        return OldName(item.kind, item.name, "", "moves", target, said)
    kept = f"; {ROWS_KEPT}" if item.kind == "table" else ""
    return OldName(item.kind, item.name, "", "goes", "", f"{item.reason}{kept}")


def _event_type(source: str) -> str:
    """Return the type of the events that a folded table becomes."""
    lines = mapping_lines()[source]
    typed = next(
        line for line in lines if line.conversion == "constant" and line.targets == ("type",)
    )
    return next(iter(typed.values))


def _column(item: LegacyObject, column: LegacyColumn, whole: OldName) -> OldName:
    """Return where a column went."""
    told = _column_of_event if item.fate == "folded" else _column_of_table
    fate, successor, instead = told(column, whole)
    return OldName("column", item.name, column.name, fate, successor, instead)


def _column_of_table(column: LegacyColumn, whole: OldName) -> tuple[str, str, str]:
    """Return fate, successor and what to write of a column whose table stays, moves or goes."""
    if whole.fate == "goes" or not column.targets:
        return "goes", "", whole.instead
    target = column.targets[0]
    if target.startswith(WHOLE_ROW):
        return "goes", "", column.reason
    place = f"{whole.successor}.{target}"
    changed = {old: new for old, new in column.values.items() if old != new}
    if changed:
        listed = ", ".join(f"'{new}' for '{old}'" for old, new in changed.items())
        return "renamed", place, f"its values have other names: write {listed}"
    if target != column.name:
        return "renamed", place, f"write {target}"
    if whole.fate == "moves":
        return "moves", place, whole.instead
    return "stays", place, column.reason


def _column_of_event(column: LegacyColumn, whole: OldName) -> tuple[str, str, str]:
    """Return fate, successor and what to write of a column of a table that becomes events."""
    events = whole.successor.partition(",")[0]
    said = [_in_event(events, target) for target in column.targets]
    if not said or column.targets[0].startswith(WHOLE_ROW):
        return "goes", "", column.reason or whole.instead
    return "moves", said[0], " or ".join(f"write {text}" for text in said)


def _in_event(events: str, target: str) -> str:
    """Return how a column of the events, or a key of their payload, is written."""
    if not target.startswith(PAYLOAD):
        return f"{events}.{target}"
    return f"{events}.payload ->> '{target.removeprefix(PAYLOAD)}'"


def _of_function(item: KnownDefinition) -> OldName:
    """Return where a function went."""
    name = item.name.partition("(")[0]
    if item.now is None:
        said = "nothing takes its place: take the call out before the migration"
        return OldName(FUNCTION, name, "", "goes", "", said)
    successor = f"{item.now.object.removesuffix('(schema)')}{item.now.name}"
    return OldName(FUNCTION, name, "", "goes", successor, f"nothing to call: {item.reason}")

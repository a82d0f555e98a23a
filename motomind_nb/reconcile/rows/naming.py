"""What a person calls a row that differs: its name, title or kind and date, beside its key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from motomind_nb.postgres import Connection, query, read_or_none, rows

# target table: the columns that name a row to a person, none of them personal
NAMED_BY = {
    "tenants": ("name",),
    "garages": ("name",),
    "vehicles": ("nickname",),
    "reminders": ("title",),
    "vehicle_events": ("type", "date"),
    "memberships": ("role",),
}


def naming_columns(table: str) -> list[str]:
    """Return the columns of a target table that name a row to a person; none of users."""
    return list(NAMED_BY.get(table, ()))


def name_ids(connection: Connection, found: pd.DataFrame) -> None:
    """Put the names of tenants, garages and vehicles behind their ids in before and after.

    Changes the frame itself. Reads only; where a table cannot be read the ids stay alone.
    """
    ids = {_bare(value) for side in ("before", "after") for value in found[side]} - {""}
    if not ids:
        return
    statement = query("reconcile/names_of_ids")
    read = partial(rows, connection, statement, {"ids": sorted(ids)})
    names = {row["id"]: row["name"] for row in read_or_none(connection, read) or ()}
    for side in ("before", "after"):
        found[side] = found[side].map(partial(_with_name, names))


def named_row(row: Mapping[Any, Any]) -> str:
    """Return what names one differing row, and what it was and became."""
    name = f" ({row['name']})" if row["name"] else ""
    shown = f"{row['source_id']}{name}"
    if row["kind"] in ("missing", "extra"):
        return shown
    return f"{shown}: {json_as_text(row['before'])} became {json_as_text(row['after'])}"


def json_as_text(value: object) -> str:
    """Return a JSON value as a finding shows it; an absent key and NULL are different things."""
    if value is None:
        return "no such key"
    return "NULL" if value == "null" else str(value)


def _bare(value: object) -> str:
    """Return a JSON string that is as long as an id, without its quotes; '' for anything else."""
    text = str(value or "")
    return text.strip('"') if len(text) == 38 else ""


def _with_name(names: Mapping[str, str], value: object) -> object:
    """Return an id with its name behind it, any other value as it is."""
    name = names.get(_bare(value))
    return f"{value} ({name})" if name else value

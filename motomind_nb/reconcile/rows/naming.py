"""What a person calls a row that differs: its name, title or kind and date, beside its key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from motomind_nb.core import ROW_ID
from motomind_nb.postgres import Connection, query, read_or_none, rows

if TYPE_CHECKING:
    import pandas as pd

# target table: the columns that name a row to a person, none of them personal
NAMED_BY = {
    "tenants": ("name",),
    "garages": ("name",),
    "vehicles": ("nickname",),
    "vehicle_images": ("vehicle_id",),
    "reminders": ("title", "vehicle_id"),
    "vehicle_events": ("type", "date", "vehicle_id"),
    "memberships": ("role",),
}


def naming_columns(table: str) -> list[str]:
    """Return the columns of a target table that name a row to a person; none of users."""
    return list(NAMED_BY.get(table, ()))


def name_ids(connection: Connection, found: pd.DataFrame) -> None:
    """Put the names of tenants, garages and vehicles behind their ids in before and after.

    In a row's own name they stand in the place of the ids. Changes the frame itself. Reads only;
    where a table cannot be read the ids stay alone.
    """
    import pandas as pd

    texts = [str(text) for name in ("before", "after", "name") for text in found[name]]
    ids = sorted({one for text in texts for one in ROW_ID.findall(text)})
    if not ids:
        return
    read = partial(rows, connection, query("reconcile/names_of_ids"), {"ids": ids})
    names = {row["id"]: row["name"] for row in read_or_none(connection, read) or ()}
    for side in ("before", "after"):
        known = [_with_name(value, names) for value in found[side]]
        found[side] = pd.Series(known, index=found.index, dtype=object)
    called = [
        ROW_ID.sub(lambda one: names.get(one[0], ""), str(text or "")) for text in found["name"]
    ]
    found["name"] = [text.strip() for text in called]


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


def _with_name(value: object, names: Mapping[str, str]) -> object:
    """Return a JSON string that is an id with its name behind it, any other value as it is."""
    name = names.get(str(value).strip('"'))
    return f"{value} ({name})" if name else value

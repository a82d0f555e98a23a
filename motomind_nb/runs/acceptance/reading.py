"""Reading an accept file: TOML, every key checked, one line for the first that is wrong."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from motomind_nb.core import MotomindError
from motomind_nb.runs.acceptance.entries import DEPENDENT, HANDLED, Entry

Text = Annotated[str, Field(pattern=r"\S")]  # anything but blanks


def _as_date(value: object) -> object:
    """Return a text like 2026-01-31 as a date; a moment is no date."""
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("no date")


class Checked(BaseModel):
    """What an entry of the file must hold: the fields of ``Entry``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    check: Text
    subject: Text
    rows: Annotated[int, Field(ge=0)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    reason: Text
    by: Text
    until: Annotated[date, BeforeValidator(_as_date)]
    handled: Literal["", "rebind", "also", "leave"] = ""


def entries_of_file(path: Path) -> list[Entry]:
    """Return the entries of an accept file. Reads only.

    Raises: MotomindError, one line, when there is no such file, it is no TOML, holds anything but
    ``[[accepted]]`` tables, or an entry lacks a key, has an unknown one or one of a wrong kind.
    """
    try:
        content = tomllib.loads(
            path.read_text(encoding="utf-8-sig")
        )  # editors of Windows write a mark first
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        said = getattr(error, "strerror", None) or str(error)  # without the path: verdict.json
        raise _bad(path, "a TOML file that can be read", said) from None
    tables = content.get("accepted", [])
    if set(content) - {"accepted"} or not isinstance(tables, list):
        raise _bad(path, "[[accepted]] tables only", ", ".join(map(repr, content)))
    return [_entry(path, number, table) for number, table in enumerate(tables, start=1)]


def _entry(path: Path, number: int, table: object) -> Entry:
    """Return one entry, checked."""
    try:
        entry = Entry(**Checked.model_validate(table).model_dump())
    except ValidationError as error:
        raise _invalid(path, number, error) from None
    handled = isinstance(table, dict) and "handled" in table
    if handled and entry.check != DEPENDENT:
        raise _bad(path, f"handled only with check {DEPENDENT}", f"it in entry {number}")
    if handled and not entry.handled:
        raise _bad(path, f"handled = {', '.join(HANDLED)} in entry {number}", "''")
    return entry


def _invalid(path: Path, number: int, error: ValidationError) -> MotomindError:
    """Return the first fault of an entry in words that name its key."""
    fault = error.errors()[0]
    key = str(fault["loc"][0]) if fault["loc"] else "the entry"
    expected = EXPECTED.get(key, ", ".join(Checked.model_fields))
    found = {"missing": "none", "extra_forbidden": f"{key}, which is unknown"}.get(
        fault["type"], repr(fault["input"])
    )
    named = f"in {key} of" if key in EXPECTED else "in"
    return _bad(path, f"{expected} {named} entry {number}", found)


EXPECTED = {
    **dict.fromkeys(("check", "subject", "reason", "by"), "a text that is not empty"),
    "rows": "the number of rows",
    "digest": "64 hexadecimal digits, as motomind accept prints them,",
    "until": "a date",
    "handled": f"handled = {', '.join(HANDLED)}",
}


def _bad(path: Path, expected: str, found: str) -> MotomindError:
    return MotomindError(path.name, expected, found, "correct the accept file and run again")

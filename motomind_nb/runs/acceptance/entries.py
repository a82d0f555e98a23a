"""Accepted differences: what a person has looked at, decided to live with, and given a reason for.

The file is TOML, one ``[[accepted]]`` table for each entry; ``motomind accept`` prints it.
An entry names ``check`` and ``subject`` (``*`` stands for any text), and counts only as long as the
findings that it matches speak of the same rows: ``rows`` and ``digest`` are theirs. An outside
dependent needs ``handled``, too: what a migration in place shall do with it. A finding that is
accepted keeps its status and stays in the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from motomind_nb.core import Finding, MotomindError, digest_of

DEPENDENT = "outside dependent"  # the one check whose entries say how it is handled
HANDLED = ("rebind", "also", "leave")
Text = Annotated[str, Field(pattern=r"\S")]  # anything but blanks


def _as_date(value: object) -> object:
    """Return a text like 2026-01-31 as a date; a moment is no date."""
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("no date")


class Entry(BaseModel):
    """One accepted difference.

    ``rows`` and ``digest`` are those of the one finding that it matches; of several findings the
    sum, and the digest over their sorted digests. ``handled`` says what becomes of an outside
    dependent: rebind (it is made anew over the rebuilt tables), also (the user's own script changes
    it), leave (it stays as it is).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    check: Text
    subject: Text
    rows: Annotated[int, Field(ge=0)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    reason: Text
    by: Text
    until: Annotated[date, BeforeValidator(_as_date)]
    handled: Literal["", "rebind", "also", "leave"] = ""

    def matches(self, finding: Finding) -> bool:
        """Return whether it speaks of this finding; an ok or a note needs no acceptance."""
        return (
            finding.status not in ("ok", "note")
            and finding.check == self.check
            and fnmatchcase(finding.subject, self.subject.replace("[", "[[]").replace("?", "[?]"))
        )

    def in_force(self, today: date) -> bool:
        """Return whether it may count on a day: it is not expired and says what it must."""
        return today <= self.until and (self.check != DEPENDENT or bool(self.handled))

    def is_of(self, matched: Sequence[Finding]) -> bool:
        """Return whether these findings are still those that were accepted, row by row."""
        return bool(matched) and (self.rows, self.digest) == rows_and_digest(matched)

    @property
    def said(self) -> str:
        """Why, who and until when, in one line."""
        return f"{self.reason} ({self.by}, until {self.until.isoformat()})"


def rows_and_digest(matched: Sequence[Finding]) -> tuple[int, str]:
    """Return what an entry over these findings must name: their rows and their digest."""
    digests = sorted(item.digest for item in matched)
    return sum(item.rows for item in matched), (
        digests[0] if len(digests) == 1 else digest_of(digests)
    )


def read_accepted(path: Path) -> list[Entry]:
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
        entry = Entry.model_validate(table)
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
    expected = EXPECTED.get(key, ", ".join(Entry.model_fields))
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

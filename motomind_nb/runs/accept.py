"""Accepted differences: what a person has looked at, decided to live with, and given a reason for.

The file is TOML, one ``[[accepted]]`` table for each difference, with ``check``, ``subject`` (``*``
stands for any text), ``reason`` and ``until`` (a date, the last day on which it counts). An outside
dependent needs ``handled``, too: what a migration in place shall do with it. A finding that is
accepted keeps its status and stays in the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from motomind_nb.core import Finding, MotomindError

KEYS = ("check", "subject", "reason", "until")
DEPENDENT = "outside dependent"  # the one check whose entries say how it is handled
HANDLED = ("rebind", "also", "leave")
Judged = list[tuple[Finding, str | None]]


@dataclass(frozen=True)
class Entry:
    """One accepted difference.

    ``handled`` says what becomes of an outside dependent: rebind (it is made anew over the rebuilt
    tables), also (the user's own script changes it), leave (it stays as it is).
    """

    check: str
    subject: str
    reason: str
    until: date
    handled: str = ""

    def matches(self, finding: Finding) -> bool:
        """Return whether it speaks of this finding; an ok or a note needs no acceptance."""
        return (
            finding.status not in ("ok", "note")
            and finding.check == self.check
            and fnmatchcase(finding.subject, self.subject.replace("[", "[[]").replace("?", "[?]"))
        )

    def counts(self, today: date) -> bool:
        """Return whether it counts on a day: it is not expired and says what it must."""
        return today <= self.until and (self.check != DEPENDENT or bool(self.handled))


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
    if not isinstance(table, dict) or set(table) - {"handled"} != set(KEYS):
        found = ", ".join(sorted(table)) if isinstance(table, dict) else repr(table)
        raise _bad(path, f"{', '.join(KEYS)} in entry {number}", found or "nothing")
    texts = [table[key] for key in KEYS[:3]]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise _bad(path, f"text in check, subject and reason of entry {number}", repr(texts))
    check, subject, reason = texts
    handled = _handled(path, number, table)
    return Entry(check, subject, reason, _day(path, number, table["until"]), handled)


def _handled(path: Path, number: int, table: dict[str, object]) -> str:
    """Return how an outside dependent is handled, empty where the entry does not say."""
    if "handled" not in table:
        return ""
    if table["check"] != DEPENDENT:
        raise _bad(path, f"handled only with check {DEPENDENT}", f"it in entry {number}")
    if table["handled"] not in HANDLED:
        expected = f"handled = {', '.join(HANDLED)} in entry {number}"
        raise _bad(path, expected, repr(table["handled"]))
    return str(table["handled"])


def _day(path: Path, number: int, value: object) -> date:
    """Return the last day of an entry: a TOML date or a text like 2026-01-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value)) if isinstance(value, str) else date.fromisoformat("")
    except ValueError:
        raise _bad(path, f"a date in until of entry {number}", repr(str(value))) from None


def _bad(path: Path, expected: str, found: str) -> MotomindError:
    return MotomindError(path.name, expected, found, "correct the accept file and run again")


def judge_findings(items: Iterable[Finding], entries: Sequence[Entry], today: date) -> Judged:
    """Return each finding with the reason it was accepted for, None where nobody accepted it."""
    counting = [entry for entry in entries if entry.counts(today)]
    return [
        (item, next((entry.reason for entry in counting if entry.matches(item)), None))
        for item in items
    ]


def unused_entries(
    items: Iterable[Finding], entries: Sequence[Entry], today: date
) -> list[Finding]:
    """Return a warning for each entry that matches none of all findings of a run or is expired."""
    found = list(items)
    return [
        Finding(
            "accept file",
            f"{entry.check}: {entry.subject}",
            "a difference that it accepts",
            _why_not(entry, today),
            "warn",
            entry.reason,
        )
        for entry in entries
        if not entry.counts(today) or not any(entry.matches(item) for item in found)
    ]


def _why_not(entry: Entry, today: date) -> str:
    """Return why an entry does nothing."""
    if entry.check == DEPENDENT and not entry.handled:
        return "it does not count without handled = rebind, also or leave"
    if not entry.counts(today):
        return f"expired after {entry.until.isoformat()}: it no longer counts"
    return "it matches nothing"

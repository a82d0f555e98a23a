"""An accept file for the failures of a run, for a person to complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from motomind_nb.core import Finding
from motomind_nb.runs.acceptance.entries import DEPENDENT, HANDLED, Entry, rows_and_digest

DAYS = 90  # that an acceptance counts, unless it says otherwise: a quarter


def accept_file(
    stages: Iterable[Sequence[Finding]], entries: Sequence[Entry], defaults: dict[str, Any]
) -> str:
    """Return an accept file as TOML: one entry for each failure, what ``entries`` say kept.

    ``defaults``: reason, by and until of an entry that nobody has written yet.
    """
    texts = []
    for found in stages:
        named = dict.fromkeys((i.check, i.subject) for i in found if i.status == "fail")
        for check, subject in named:
            same = [item for item in found if (item.check, item.subject) == (check, subject)]
            judged = [item for item in same if item.status not in ("ok", "note")]
            texts.append(_toml(judged, entries, defaults))
    return "\n".join(texts)


def _toml(found: Sequence[Finding], entries: Sequence[Entry], defaults: dict[str, Any]) -> str:
    """Return the entry of the findings of one check and subject as TOML."""
    first = found[0]
    known = next((entry for entry in entries if entry.matches(first)), None)
    kept = defaults if known is None else known.model_dump()
    until: date = kept["until"]
    rows, digest = rows_and_digest(found)
    lines = [
        "[[accepted]]",
        f"check = {_quoted(first.check)}",
        f"subject = {_quoted(first.subject)}",
        f"rows = {rows}",
        f'digest = "{digest}"',
        f"reason = {_quoted(kept['reason'])}",
        f"by = {_quoted(kept['by'])}",
        f"until = {until.isoformat()}",
    ]
    if first.check == DEPENDENT:
        lines.append(f"handled = {_quoted(kept.get('handled', ''))}  # {', '.join(HANDLED)}")
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    signs = {'"': '\\"', "\\": "\\\\"}
    plain = (
        signs.get(sign, sign if sign.isprintable() else f"\\U{ord(sign):08X}") for sign in text
    )
    return f'"{"".join(plain)}"'

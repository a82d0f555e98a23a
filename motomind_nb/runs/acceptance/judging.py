"""Which findings a person accepted, and which entries of an accept file accept nothing any more.

The findings of a stage are judged together: an entry counts the ones that it matches there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from motomind_nb.core import Finding, rows_counted
from motomind_nb.runs.acceptance.entries import DEPENDENT, Entry, rows_and_digest

Judged = list[tuple[Finding, str | None]]


def judge_findings(items: Iterable[Finding], entries: Sequence[Entry], today: date) -> Judged:
    """Return each finding of a stage with what accepts it, None where nobody accepted it."""
    found = list(items)
    counting = [entry for entry in entries if _counts(entry, found, today)]
    return [
        (item, next((entry.said for entry in counting if entry.matches(item)), None))
        for item in found
    ]


def _counts(entry: Entry, found: Sequence[Finding], today: date) -> bool:
    """Return whether an entry accepts something of the findings of one stage."""
    return entry.in_force(today) and entry.is_of([item for item in found if entry.matches(item)])


def unused_entries(
    stages: Iterable[Sequence[Finding]], entries: Sequence[Entry], today: date
) -> list[Finding]:
    """Return a warning for each entry that accepts nothing of any stage of a run, and why."""
    found = [list(stage) for stage in stages]
    return [
        Finding(
            "accept file",
            f"{entry.check}: {entry.subject}",
            f"a difference that it accepts: {rows_counted(entry.rows)}, digest {entry.digest[:12]}",
            _why_not(entry, found, today),
            "warn",
            entry.said,
        )
        for entry in entries
        if not any(_counts(entry, stage, today) for stage in found)
    ]


def _why_not(entry: Entry, stages: Sequence[Sequence[Finding]], today: date) -> str:
    """Return why an entry does nothing."""
    if entry.check == DEPENDENT and not entry.handled:
        return "it does not count without handled = rebind, also or leave"
    if not entry.in_force(today):
        return f"expired after {entry.until.isoformat()}: it no longer counts"
    matched = [item for stage in stages for item in stage if entry.matches(item)]
    if not matched:
        return "it matches nothing"
    rows, digest = rows_and_digest(matched)
    return f"{rows_counted(rows)}, digest {digest[:12]}: not what was accepted, it no longer counts"

"""Two states of one thing for a reader: short texts whole, of long ones the lines that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff

from motomind_nb.core import as_one_line
from motomind_nb.rebuilt.capture.lines import OWNER, Line

MOST_CHARACTERS = 300  # of one text in a finding
MOST_LINES = 8
FIRST_KINDS = ("relation", "function", "type", "other object")
COUNTED = {
    "column": "columns",
    "constraint": "constraints",
    "index": "indexes",
    "trigger": "triggers",
    "policy": "policies",
    "grant": "grants",
}


def old_and_new_texts(olds: Sequence[Line], news: Sequence[Line]) -> tuple[str, str]:
    """Return what two lists of lines of one kind say, each on one line.

    Where both sides have a text of one name and it has several lines, only those that differ.
    """
    before, now = _by_name(olds), _by_name(news)
    old_parts, new_parts = [], []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is not None and new is not None:
            old, new = _differing(old, new)
        old_parts += [] if old is None else [_named(name, old)]
        new_parts += [] if new is None else [_named(name, new)]
    return "; ".join(old_parts), "; ".join(new_parts)


def summarize_object(lines: Sequence[Line]) -> str:
    """Return what an object is, on one line: its first text and how much of what it has."""
    if not lines[0].schema:
        return "; ".join(_named(f"{line.kind} {line.name}".strip(), line.text) for line in lines)
    first = next((line for line in lines if line.kind in FIRST_KINDS), lines[0])
    counted = Counter(line.kind for line in lines)
    rest = ", ".join(
        f"{counted[kind]} {kind if counted[kind] == 1 else several}"
        for kind, several in COUNTED.items()
        if counted[kind]
    )
    return _named("", first.text) + (f" ({rest})" if rest else "")


def _by_name(lines: Sequence[Line]) -> dict[str, str]:
    """Return the texts by name; partitions that differ have several of one name."""
    found: dict[str, str] = {}
    for line in lines:
        found[line.name] = f"{found[line.name]}; {line.text}" if line.name in found else line.text
    return found


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return two texts, of those with several lines the ones that differ."""
    before, now = old.splitlines(), new.splitlines()
    if max(len(before), len(now)) < 2:
        return old, new
    changes = list(unified_diff(before, now, n=0, lineterm=""))[2:]
    removed = [line[1:] for line in changes if line.startswith("-") and line[1:].strip()]
    added = [line[1:] for line in changes if line.startswith("+") and line[1:].strip()]
    return _few(removed), _few(added)


def _few(lines: list[str]) -> str:
    """Return the first of some lines of a text, and how many more there are."""
    if not lines:
        return "without these lines"
    more = len(lines) - MOST_LINES
    said = " | ".join(as_one_line(line) for line in lines[:MOST_LINES])
    return f"{said} | and {more} more lines" if more > 0 else said


def _named(name: str, text: str) -> str:
    """Return a text on one line, cut, after the name of what it says."""
    line = "the owner of the rebuilt schema" if text == OWNER else as_one_line(text)
    if len(line) > MOST_CHARACTERS:
        line = f"{line[:MOST_CHARACTERS]} ... ({len(line):,} characters)"
    return f"{name}: {line}" if name else line

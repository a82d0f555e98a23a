"""From which .sql files a statement was put together, and what each kind of check costs.

The server keeps a statement with its constants replaced and without its first comment. So a file is
known by the lines of its code that hold neither a hole nor a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from motomind_nb.postgres import all_query_names, query_text

VARIES = re.compile(r"[{'%\d]|--")  # what differs between a file and the statement made of it
MOST = 0.9  # of a file's letters are in a statement made of it: the server keeps no first comment
LEAST = 30  # letters by which a file is known; shorter ones stand in many statements
# what a share of the audit is told of: folders and files, below the rooms
KINDS = {
    "definitions, capture, derived relations and witnesses": (
        "rebuilt/capture",
        "postgres/describe",
        "reconcile/definitions",
        "reconcile/derived",
        "reconcile/checks/totals",
        "reconcile/checks/views",
        "reconcile/mapped_values",
    ),
    "second mapping and round trip": ("reconcile/columns", "load/reverse"),
}


@cache
def _known_lines() -> dict[str, list[str]]:
    """The lines by which each file is known; files without enough of them are left out."""
    found = {}
    for name in all_query_names():
        lines = [line.strip() for line in query_text(name).splitlines()]
        kept = [line for line in lines if line and not VARIES.search(line)]
        if sum(map(len, kept)) >= LEAST:
            found[name] = kept
    return found


def origins(statement: str) -> list[str]:
    """The files that a statement was put together from, in the order in which they begin."""
    places = {line.strip(): place for place, line in enumerate(statement.split("\n"))}
    found = []
    for name, lines in _known_lines().items():
        held = [line for line in lines if line in places]
        if sum(map(len, held)) >= MOST * sum(map(len, lines)):
            found.append((min(places[line] for line in held), name))
    return [name for _, name in sorted(found)]


def seconds_by_kind(statements: Iterable[tuple[str, int, float]]) -> dict[str, float]:
    """The seconds of the statements (text, calls, seconds) of each of ``KINDS``."""
    found = dict.fromkeys(KINDS, 0.0)
    for text, _, seconds in statements:
        files = origins(text)
        for kind, prefixes in KINDS.items():
            if any(name.startswith(prefixes) for name in files):
                found[kind] += seconds
                break
    return found

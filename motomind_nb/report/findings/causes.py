"""Failures below the one that explains them: what to decide is told once, the rest is folded.

Two comparisons look at everything: that of every row and value, and that of every definition. What
they find stands on its own. What another check finds stands below one of these where it speaks of
the same rows or the same object; what speaks of nothing that they name stays on its own. Nothing is
left out: counts, files and verdict know no causes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motomind_nb.legacy import catalog
from motomind_nb.report.findings import consequences
from motomind_nb.report.findings.scopes import Rows, Scope, read_rows, scope, with_vehicles

ROWS = ("rows missing", "rows moved", "rows extra", "quarantine")  # whole rows
VALUES, DEFINITIONS = "columns", "schema as built"
COMPLETE = (*ROWS, VALUES, DEFINITIONS)
RIGHTS = "rights"
GONE = "missing"  # what is found of a whole object that is no more
TABLES = frozenset(name for name, item in catalog.objects().items() if item.kind == "table")
ERRORS = ("refused", "could not be prepared")  # how the outcome of a proof begins that is an error
EVENT = ("payload", "legacy_row")  # columns of which each key holds a fact of its own
COUNTS = "ledger target"  # counts the rows of a table that it names with its schema
# compares the staged copy with the backup: no row of the target explains what it finds
APART = ("staged",)
KEY = "date"  # an event is known by its id and date: one of another date is another row
WHOLE = ("relation", "function")  # the kinds of a definition that say that an object is there
MADE_WITH = {"query": "relation", "body": "function"}  # one statement makes both
COMMON = {"expected", "schema", "as", "built", "the", "rows", "row", "public"}
Finding = Mapping[Any, Any]  # a line of findings.csv


@dataclass(frozen=True)
class Told:
    """A finding and what it speaks of."""

    finding: Finding
    scope: Scope

    @property
    def check(self) -> str:
        """The name of its check."""
        return str(self.finding["check"])

    @property
    def part(self) -> str:
        """The column or the kind of definition that its subject names, '' without one."""
        subject = str(self.finding["subject"])
        if self.check == DEFINITIONS:
            return subject.rpartition(": ")[2]
        return subject.partition(": ")[0].partition(".")[2]

    @property
    def counts_rows(self) -> bool:
        """Whether it counts rows one by one."""
        return self.finding["rows"] not in ("", "0")

    @property
    def whole_rows(self) -> bool:
        """Whether it speaks of whole rows: there, not there, another tenant's, of another date."""
        return self.check in ROWS or (self.check == VALUES and self.part == KEY)

    @property
    def about_rows(self) -> bool:
        """Whether it speaks of rows and values: it counts rows, or its subject begins as a table.

        A definition is named with its schema, or behind the kind of what it is.
        """
        if self.check in COMPLETE:
            return self.check != DEFINITIONS
        if self.check == COUNTS:
            return True
        return self.counts_rows or re.split(r"[.:]", self.finding["subject"])[0] in self.scope.own


@dataclass(frozen=True)
class Head:
    """A finding that explains others, with the rows and vehicles that it changes.

    ``place`` is where it stands: its own, or that of the finding below which it stands.
    """

    place: int
    told: Told
    ids: frozenset[str]


def group(findings: Sequence[Finding], folder: Path | None, mileage: Any) -> list[list[int]]:
    """Return the places of findings in groups: the first of each explains the others. Reads only.

    ``findings`` stand in their order, which the groups keep; each place is in one group.
    """
    rows = read_rows(folder, mileage) if folder else Rows()
    told = [Told(finding, scope(finding, rows)) for finding in findings]
    heads: list[Head] = []
    below: dict[int, list[int]] = {}
    for place in sorted(range(len(told)), key=lambda place: _order(told[place])):
        cause = _cause(told[place], heads)
        first = place if cause is None else cause.place
        if cause is None or told[place].check == DEFINITIONS:  # what follows from it is below, too
            ids = with_vehicles(told[place].scope.rows, rows)
            heads.append(Head(first, told[place], ids))
        below.setdefault(first, []).append(place)
    return [[head, *sorted(places[1:])] for head, places in sorted(below.items())]


def _order(item: Told) -> tuple[bool, bool]:
    """Return the order of looking: whole rows and objects, then parts of them, then the others."""
    return (item.check not in COMPLETE, not (item.whole_rows or item.part in WHOLE))


def _cause(item: Told, heads: list[Head]) -> Head | None:
    """Return the head that explains a finding best, the first of equal ones; None without one."""
    if item.check in APART:
        return None
    shown = any(_is_of_view(item, head.told) for head in heads)
    named = frozenset().union(*(head.ids for head in heads))
    if item.counts_rows and item.scope.rows - named and not shown:
        return None  # it counts a row that no head names
    scores = [_score(item, head.told, head.ids) for head in heads]
    best = max(scores, default=0.0)
    return heads[scores.index(best)] if best > 0 else None


def _score(item: Told, head: Told, ids: frozenset[str]) -> float:
    """Return how much a head has in common with a finding; 0 where it does not explain it.

    ``ids`` are the rows of the head and the vehicles that they change.
    """
    if head.check in APART:
        return 0
    if consequences.is_proof_or_right(item.finding):
        return _follows(item, head)
    if item.check in COMPLETE:
        return float(_is_part(item, head))
    if head.check not in COMPLETE:
        return float(item.scope.own == head.scope.own != frozenset())
    shared = bool(item.scope.rows & ids)
    if not shared and not _same_object(item, head):
        return 0
    words = len((item.scope.words & head.scope.words) - item.scope.places - COMMON)
    kind = 4 * (item.about_rows == head.about_rows)
    own = 4 * bool(item.scope.own & head.scope.own)
    return 1 + 8 * shared + kind + own + min(words, 7) / 2


def _follows(item: Told, head: Told) -> float:
    """Return how much a right or a proof follows from a definition, or is as another one is.

    Rights of one object that no definition explains stand together, and proofs that end with the
    same error.
    """
    if head.check == DEFINITIONS:
        strength = consequences.strength(item.finding, _definition(head))
        words = len((item.scope.words & head.scope.words) - item.scope.places - COMMON)
        return strength + min(words, 7) / 8 if strength else 0
    if head.check != item.check:
        return 0
    if item.check == RIGHTS:
        return float(item.scope.own == head.scope.own != frozenset())
    found = str(item.finding["found"])
    return float(found.startswith(ERRORS) and found == head.finding["found"])


def _definition(told: Told) -> consequences.Definition:
    """Return the definition that a finding speaks of."""
    return consequences.definition(told.finding)


def _same_object(item: Told, head: Told) -> bool:
    """Return whether a finding that names none of a head's rows speaks of its object."""
    if not item.scope.places & head.scope.subject:
        return False
    if not head.about_rows:  # of rows of a table only its rows speak, of a view its definition
        gone = head.finding["found"] == GONE
        return gone or _is_of_view(item, head) or not (item.about_rows and item.scope.own & TABLES)
    if item.counts_rows and item.scope.rows:
        return False
    if item.about_rows:
        return _same_column(item, head)
    return bool(item.finding["stage"] == head.finding["stage"])


def _is_of_view(item: Told, head: Told) -> bool:
    """Return whether a finding speaks of the rows of a view whose definition differs."""
    return head.check == DEFINITIONS and bool(item.scope.own & head.scope.own - TABLES)


def _is_part(item: Told, head: Told) -> bool:
    """Return whether a difference only says more of what a head says as a whole.

    A value of a row that is missing or elsewhere; what belongs to an object that is gone, or what
    one statement makes with another definition of it.
    """
    both = item.check == head.check == DEFINITIONS
    if both and consequences.was_made_over(*map(_definition, (item, head))):
        return True
    if not item.scope.own & head.scope.own:
        return False
    if item.check == VALUES:
        inside = bool(item.scope.rows) and item.scope.rows <= head.scope.rows
        return inside and (head.whole_rows or _same_document(item, head))
    if not both:
        return False
    gone = head.part in WHOLE and head.finding["found"] == "none"
    together = MADE_WITH.get(item.part) == head.part
    return gone or together or item.finding["detail"] == head.finding["detail"] != "altered"


def _same_document(item: Told, head: Told) -> bool:
    """Return whether two differences are keys of one JSON column that holds one fact."""
    column, _, key = item.part.partition(".")
    return (
        head.check == VALUES
        and key != ""
        and column not in EVENT
        and head.part.partition(".")[0] == column
    )


def _same_column(item: Told, head: Told) -> bool:
    """Return whether a finding of a column speaks of the head's: its words name it."""
    if head.whole_rows or not item.part:
        return True
    parts = head.part.lower().split(".")
    return parts[-1] in item.scope.words or parts[0] in item.scope.words - {"payload"}

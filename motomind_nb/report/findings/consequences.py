"""Rights and proofs that fail because a definition differs: which definition it is.

A proof fails for many reasons. It follows from a definition that differs only where what was tried
rests on it (its table's policy for this role and command, a trigger of the table, a function that
one of them calls) and where such a definition can lead to what was seen: a trigger that is gone
refuses nobody. Everything else stays on its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from motomind_nb.rebuilt import Act, Behind, acts_of_proofs, objects_behind, takes_part
from motomind_nb.report.findings.scopes import without_partition

DIRECT = 8  # the definition is one of what was tried itself; each function further away counts less
REFUSED = re.compile(r"refused \((\w{5})")
NAMED_BY_ERROR = re.compile(
    r"permission denied for (?:[a-z]+ )+?(\w+)$"
    r'|(?:relation|function) "?(?:\w+\.)?(\w+)"?(?:\([^)]*\))? does not exist'
)
RUNS = frozenset({"function", "body", "query", "relation", "rule", ""})  # can fail in any way
LOOKS = frozenset({"policy", "row level security", "owner", "grant", "column grant"})
# by SQLSTATE (PostgreSQL's appendix A) the kinds of a definition that refuse so
REFUSES = {
    "42501": LOOKS | {"trigger"},
    "23502": frozenset({"column", "trigger"}),
    "23503": frozenset({"constraint", "trigger"}),
    "23505": frozenset({"constraint", "index"}),
    "23514": frozenset({"constraint", "trigger"}),
}
# what is evaluated, and can raise any other error as long as it is there
EVALUATED = frozenset({"policy", "trigger", "column", "constraint"})
SHOWS = frozenset({"policy", "row level security", "owner", "trigger", "column", "index", "rows"})
GIVEN = frozenset({"grant", "column grant", "owner", "relation", ""})
GRANTED = "granted, but refused when tried"


@dataclass(frozen=True)
class Definition:
    """A definition that differs: its object without the schema, its kind, and both its texts."""

    object: str
    kind: str
    expected: str
    found: str

    @property
    def is_gone(self) -> bool:
        """Whether nothing of its kind is left."""
        return self.found in ("none", "missing")


def definition(finding: Mapping[Any, Any]) -> Definition:
    """Return the definition that a finding of the comparison with the capture speaks of."""
    named, _, kind = str(finding["subject"]).rpartition(": ")
    name = (named or kind).partition("(")[0].rstrip().rpartition(".")[2]
    table = without_partition(name)
    return Definition(table, kind if named else "", finding["expected"], finding["found"])


def strength(finding: Mapping[Any, Any], cause: Definition) -> int:
    """Return how directly a right or a proof that fails rests on a definition; 0 if it does not."""
    if not _can_lead_to(finding, cause):
        return 0
    acts = _acts(finding)
    if not acts:  # a proof that only looks into the catalog, or one of the original design
        known = finding["check"] == "proof" and finding["subject"] in _proved()
        return DIRECT if known and cause.object in _words_that_differ(finding) else 0
    named = NAMED_BY_ERROR.search(finding["found"])
    if named:  # the error says what it is about
        return DIRECT if cause.object in named.groups() and _concerns(cause, acts) else 0
    if finding["check"] == "rights" and finding["found"] != GRANTED:  # given on the object itself
        acts = [act for act in acts if act.object == cause.object]
    return max((_rests_on(act, cause) for act in acts), default=0)


def _words_that_differ(finding: Mapping[Any, Any]) -> set[str]:
    """Return the words of which only one side of an outcome knows: names listed in a catalog."""
    return {*re.findall(r"\w+", finding["expected"])} ^ {*re.findall(r"\w+", finding["found"])}


def was_made_over(made: Definition, cause: Definition) -> bool:
    """Return whether something that is gone was made over another object that is gone."""
    if not (made.is_gone and cause.found == "missing"):
        return False
    over = _behind(Act("", "SELECT", made.object)).relations if not made.kind else frozenset()
    return cause.object in over or bool(re.search(rf"\b{re.escape(cause.object)}\(", made.expected))


def _concerns(cause: Definition, acts: Sequence[Act]) -> bool:
    """Return whether a definition is for one of the roles that acted; a grant names its roles."""
    if cause.kind not in ("grant", "column grant"):
        return True
    return any(act.role in f"{cause.expected} {cause.found}" for act in acts)


def is_proof_or_right(finding: Mapping[Any, Any]) -> bool:
    """Return whether a finding tells of something that a role tried or may try."""
    return finding["check"] in ("proof", "rights")


def _acts(finding: Mapping[Any, Any]) -> list[Act]:
    """Return what was tried."""
    subject = str(finding["subject"])
    if finding["check"] == "proof":
        return _proved().get(subject, [])
    named, command, role = subject.rsplit(" ", 2) if subject.count(" ") > 1 else (subject, "", "")
    name = named.partition("(")[0].strip().partition(".")[2].partition(".")[0]
    # to try a command on a relation reads it
    tried = (command, "SELECT") if finding["found"] == GRANTED else (command,)
    return [Act(role, one, name) for one in tried]


@cache
def _proved() -> dict[str, list[Act]]:
    """Return what each proof does, by the subject of its finding."""
    return acts_of_proofs()


def _rests_on(act: Act, cause: Definition) -> int:
    """Return how directly an act rests on a definition; 0 if it does not."""
    resting, texts = _behind(act), f"{cause.expected}; {cause.found}"
    if cause.object in resting.functions:
        called = act if act.object == cause.object else act._replace(command="EXECUTE")
        away = max(DIRECT - resting.functions[cause.object], 1)
        return away if takes_part(cause.kind, texts, called) else 0
    known = cause.object in resting.relations
    return DIRECT if known and takes_part(cause.kind, texts, act) else 0


@cache
def _behind(act: Act) -> Behind:
    """Return what an act rests on, looked up once."""
    return objects_behind(act)


def _can_lead_to(finding: Mapping[Any, Any], cause: Definition) -> bool:
    """Return whether a definition of such a kind can lead to what was found."""
    if finding["check"] == "rights":
        return _can_change_right(finding["found"], cause)
    code = REFUSED.match(finding["found"])
    kinds = RUNS | SHOWS
    if code and code[1] in REFUSES:
        kinds = RUNS | REFUSES[code[1]]
    elif code:
        there = not cause.is_gone or code[1].startswith("42")  # of what is gone only its name fails
        kinds = (RUNS if there else frozenset()) | (frozenset() if cause.is_gone else EVALUATED)
        if finding["expected"].startswith("refused (42501"):  # a right is asked before all else
            kinds |= GIVEN
    elif wanted := REFUSED.match(finding["expected"]):
        kinds = RUNS | REFUSES.get(wanted[1], EVALUATED)
    return cause.kind in kinds


def _can_change_right(found: str, cause: Definition) -> bool:
    """Return whether a definition of such a kind can give or take a right, or hinder its use."""
    if found == GRANTED:
        return cause.kind in RUNS | GIVEN | {"column"} or (
            cause.kind in ("policy", "trigger") and not cause.is_gone
        )
    return cause.kind in GIVEN

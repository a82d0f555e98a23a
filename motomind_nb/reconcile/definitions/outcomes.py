"""What became of each definition: kept, replaced, gone on purpose, lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from motomind_nb.legacy import SCHEMA, KnownDefinition, catalog, read_known_definitions
from motomind_nb.reconcile.definitions.content import Fact, Held, fact_of_known_definition

FATES = ("kept", "replaced", "gone", "lost")
ABSENT = "absent"
# what neither enforces nor protects
DESCRIBING = (
    "statistics",
    "comment",
    "option",
    "query",
    "publication",
    "sequence",
    "sequence owner",
    "persistence",
    "parent",
    "table type",
    "replica identity",
)
# these do something elsewhere, or keep rows out, and go with no table unseen
ACTING = ("trigger", "rule", "unique", "exclusion")
KEYS = ("unique", "index", "primary key", "exclusion")
# dropped, but it lives on outside the API
MOVED = "memberships"


@dataclass(frozen=True)
class Outcome:
    """What became of one definition.

    ``now`` is where its successor is, ``known`` the catalog's text where the source has another.
    """

    object: str
    kind: str
    name: str
    fate: str
    now: str
    status: str
    reason: str
    known: str
    text: str


@dataclass(frozen=True)
class Fate:
    """What becomes of a definition (kept, replaced, gone, lost), how that is told, and why."""

    name: str
    status: str
    reason: str


@dataclass(frozen=True)
class Rebuilt:
    """The definitions of the rebuilt schema; objects are named with their schema."""

    facts: Mapping[Fact, Held]

    def has(self, item: KnownDefinition) -> bool:
        """Return whether the successor of a definition is there."""
        now = item.now
        return now is not None and any(
            (fact.object, fact.kind) == (now.object, now.kind) and now.name in held.names
            for fact, held in self.facts.items()
        )


def definition_outcomes(source: Mapping[Fact, Held], rebuilt: Rebuilt) -> Iterator[Outcome]:
    """Yield what became of each definition of the source."""
    for fact, held in source.items():
        yield _outcome(fact, held, rebuilt)


def absent_known_definitions(source: Mapping[Fact, Held], present: set[str]) -> Iterator[Outcome]:
    """Yield the known definitions that the source lacks, of the objects that it has."""
    told = {id(item) for fact, held in source.items() for item in _hints(fact, held)}
    for item in read_known_definitions():
        if (
            item.object in present
            and fact_of_known_definition(item) not in source
            and id(item) not in told
        ):
            yield _said(item, item.name, Fate(ABSENT, "warn", "the source lacks it"))


def enforces_or_protects(fact: Fact) -> bool:
    """Return whether a definition enforces or protects something."""
    if fact.kind == "index":
        return fact.text.startswith("CREATE UNIQUE")
    if fact.kind in ("function", "procedure"):
        return fact.text.startswith("RETURNS trigger")
    return fact.kind not in DESCRIBING


def _outcome(fact: Fact, held: Held, rebuilt: Rebuilt) -> Outcome:
    """Return what became of one definition."""
    name, known = ", ".join(held.names), _by_fact().get(fact)
    if fact_after_rebuild(fact) in rebuilt.facts:
        now = " ".join(
            [
                fact_after_rebuild(fact).object,
                fact.kind,
                *rebuilt.facts[fact_after_rebuild(fact)].names,
            ]
        )
        return Outcome(fact.object, fact.kind, name, "kept", now, "ok", "", "", held.text)
    if known is not None:
        return _of_known(known, name, rebuilt)
    hinted = next(iter(_hints(fact, held)), None)
    if hinted is not None:
        harm = enforces_or_protects(fact) or enforces_or_protects(fact_of_known_definition(hinted))
        reason = "the catalog knows another text here: nothing is known to take its place"
        return Outcome(
            fact.object,
            fact.kind,
            name,
            "lost",
            "",
            "fail" if harm else "warn",
            reason,
            hinted.text,
            held.text,
        )
    fate = _of_unknown(fact)
    return Outcome(
        fact.object, fact.kind, name, fate.name, "", fate.status, fate.reason, "", held.text
    )


def _of_known(item: KnownDefinition, name: str, rebuilt: Rebuilt) -> Outcome:
    """Return what became of a definition that the catalog knows."""
    if item.fate == "gone":
        return _said(item, name, Fate("gone", item.status, item.reason))
    if item.fate == "replaced" and rebuilt.has(item):
        return _said(item, name, Fate("replaced", item.status, item.reason))
    missing = item.now or "the same text"
    return _said(item, name, Fate("lost", "fail", f"the rebuilt schema lacks {missing}"))


def _said(item: KnownDefinition, name: str, fate: Fate) -> Outcome:
    """Return the outcome of a known definition."""
    now = str(item.now or "") if fate.name == "replaced" else ""
    return Outcome(
        item.object, item.kind, name, fate.name, now, fate.status, fate.reason, "", item.text
    )


def _of_unknown(fact: Fact) -> Fate:
    """Return what becomes of a definition that the catalog does not know."""
    if fact.kind == "publication":
        return Fate(
            "gone", "warn", "realtime clients of this table see nothing until it is added again"
        )
    if fact.object == SCHEMA:
        return Fate("kept", "ok", "not one of the objects that change: it stays where it is")
    item = catalog.objects()[fact.object]
    if fact.kind == "option" and item.kind != "table":
        return Fate("lost", "warn", "the view runs or is kept otherwise than the known one")
    acts = fact.kind in ACTING or (fact.kind == "index" and enforces_or_protects(fact))
    if item.fate != "kept" and fact.object != MOVED and not acts:
        return Fate("gone", "ok", f"gone with its {item.kind}: {item.reason}")
    reason = "neither in the rebuilt schema nor known to go, and no reason is given"
    return Fate("lost", "fail" if enforces_or_protects(fact) or acts else "warn", reason)


def fact_after_rebuild(fact: Fact) -> Fact:
    """Return the same content at the place where the rebuild puts it."""
    item = catalog.objects().get(fact.object)
    if item is None:
        return fact._replace(object=f"public.{fact.object}")
    column = {column.name: column for column in item.columns}.get(fact.where)
    where = column.targets[0] if column and column.targets else fact.where
    return fact._replace(object=item.target or f"legacy.{fact.object}", where=where)


def _hints(fact: Fact, held: Held) -> list[KnownDefinition]:
    """Return the known definitions that stand in the same place or bear the same name."""
    names = [fact.where] if fact.where else held.names
    places = [(fact.object, _family(fact.kind), name) for name in names]
    return [_by_name()[place] for place in places if place in _by_name()]


def _family(kind: str) -> str:
    """Return the kinds among which a name can pass: keys, constraints of all sorts."""
    return "key" if kind in KEYS else kind


@cache
def _by_fact() -> dict[Fact, KnownDefinition]:
    """Return the known definitions by content."""
    return {fact_of_known_definition(item): item for item in reversed(read_known_definitions())}


@cache
def _by_name() -> dict[tuple[str, str, str], KnownDefinition]:
    """Return the known definitions by the place or name that hints at them."""
    return {
        (item.object, _family(item.kind), fact_of_known_definition(item).where or item.name): item
        for item in read_known_definitions()
    }

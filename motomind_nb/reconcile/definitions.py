"""Not only rows: every rule, right and definition of the old schema is kept, replaced or gone on
purpose.

What is equal before and after is kept. For all else ``rules.csv`` says what became of it and why;
what no rule speaks of has been lost, and so has a replacement that is not there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.legacy import catalog
from motomind_nb.postgres import API_ROLES, Connection, Definition, Relation

FILE = Path(__file__).with_name("rules.csv")
COLUMNS = ("object", "kind", "name", "fate", "now", "status", "reason", "text")
FATES = ("kept", "replaced", "gone", "lost")
SCHEMA = "(schema)"
IN_LEGACY = "leaves the API with its table or view; its definition stays in schema legacy"


class Place(NamedTuple):
    """Where a definition stands: the object, the kind of definition, and its name there, if any."""

    object: str
    kind: str
    name: str


Facts = dict[Place, str]


@dataclass(frozen=True)
class Rule:
    """What became of one definition of the old schema, or of all that match, and why."""

    place: Place
    fate: str
    now: Place
    status: str
    reason: str

    def speaks_of(self, place: Place) -> bool:
        """Return whether the rule is about a definition."""
        return all(fnmatchcase(text, part) for text, part in zip(place, self.place, strict=True))


def schema_changes(connection: Connection, before: Manifest) -> pd.DataFrame:
    """Return each definition of the old schema and what became of it. Reads only.

    ``before`` is the manifest of the backup. Columns: object, kind, name, fate (kept, replaced,
    gone, lost), now (where its successor is), status (ok, warn, fail), reason, text (all text).
    """
    after = _after(connection)
    old = _old(before)
    lines = [(*place, *_outcome(place, text, after), text) for place, text in old.items()]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def definition_findings(connection: Connection, before: Manifest) -> list[Finding]:
    """Return one finding for each definition that is lost or gone with a warning, else ok."""
    frame = schema_changes(connection, before)
    own = frame["kind"].str.endswith("grant") & (frame["name"] == before.source.get("reader", ""))
    # the role that reads for this backup got its rights for just that; API roles are no such role
    own &= (frame["status"] == "fail") & ~frame["name"].isin([*API_ROLES, "PUBLIC"])
    frame.loc[own, ["status", "reason"]] = ["warn", "rights of the role that took the backup"]
    told = [
        Finding(
            "schema",
            f"{line['kind']} {line['object']} {line['name']}".strip(),
            str(line["text"]),
            line["fate"],
            line["status"],
            line["reason"],
        )
        for line in frame[frame["status"] != "ok"].to_dict("records")
    ]
    number = ", ".join(
        f"{many} {fate}" for fate, many in sorted(frame["fate"].value_counts().items())
    )
    status = "ok" if len(frame) else "fail"
    return [
        *told,
        Finding(
            "schema",
            "all definitions",
            "kept, replaced or gone on purpose",
            number or "no definition was compared",
            status,
        ),
    ]


@cache
def fate_rules() -> tuple[Rule, ...]:
    """Return the rules; the first that speaks of a definition counts."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(
                Place(row["object"], row["kind"], row["name"]),
                row["fate"],
                Place(row["now_object"], row["now_kind"], row["now_name"]),
                row["status"],
                row["reason"],
            )
            for row in csv.DictReader(file)
        )


def _old(before: Manifest) -> Facts:
    """Return the definitions of the old schema by object, kind and name."""
    facts = _own(SCHEMA, before.definitions)
    for item in before.objects:
        facts |= _facts(item.name, item)
    return facts


def _after(connection: Connection) -> Facts:
    """Return the definitions of the rebuilt schemas; objects are named with their schema."""
    facts: Facts = {}
    for schema, named in (("public", connection.schemas.target), ("private", "private")):
        with connection.transaction():
            objects, own = postgres.capture(connection, named)
        facts |= _own(f"{schema}.{SCHEMA}", own)
        for item in objects.values():
            facts |= _facts(f"{schema}.{item.name}", item)
    return facts


def _facts(name: str, item: Relation) -> Facts:
    """Return the definitions of one object, those of its columns among them."""
    facts = _own(name, item.definitions)
    if item.kind in ("table", "partitioned table"):
        for column in item.columns:
            facts[Place(name, "type", column.name)] = column.type
            if not column.nullable:
                facts[Place(name, "not null", column.name)] = "NOT NULL"
            if column.default is not None:
                facts[Place(name, "default", column.name)] = column.default
    return facts


def _own(name: str, definitions: Iterable[Definition]) -> Facts:
    """Return definitions by place."""
    return {Place(name, item.kind, item.name): item.text for item in definitions}


def _outcome(place: Place, text: str, after: Facts) -> tuple[str, str, str, str]:
    """Return fate, successor, status and reason of one definition."""
    same = _same_place(place)
    rule = next((rule for rule in fate_rules() if rule.speaks_of(place)), None)
    if rule and rule.fate == "gone" and place.kind == "grant" and same in after:
        return "kept", " ".join(same), "fail", f"meant to go: {rule.reason}"
    if same in after and after[same] == text:
        return "kept", " ".join(same), "ok", ""
    if rule is None:
        return _without_rule(place)
    if rule.fate == "gone":
        return "gone", "", rule.status, rule.reason
    now = Place(
        rule.now.object.replace("public.*", same.object),
        rule.now.kind,
        rule.now.name.replace("*", place.name),
    )
    if now in after:
        return "replaced", " ".join(now).strip(), rule.status, rule.reason
    return "lost", "", "fail", f"its successor is not there: {' '.join(now).strip()}"


def _same_place(place: Place) -> Place:
    """Return where a definition stands after the rebuild if nothing about it changed."""
    item = catalog.objects().get(place.object)
    if item is None:
        return place._replace(object=f"public.{place.object}")
    column = {column.name: column for column in item.columns}.get(place.name)
    moved = place.kind in ("type", "not null", "default", "comment") and column and column.targets
    return Place(
        item.target or f"legacy.{place.object}",
        place.kind,
        column.targets[0] if moved and column else place.name,
    )


def _without_rule(place: Place) -> tuple[str, str, str, str]:
    """Return what became of a definition that no rule speaks of."""
    item = catalog.objects().get(place.object)
    if item is not None and item.fate != "kept":
        return "gone", "", "ok", IN_LEGACY
    return "lost", "", "fail", "neither kept nor replaced, and no reason is given"

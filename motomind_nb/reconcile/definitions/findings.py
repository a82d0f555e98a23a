"""The findings about definitions: what is lost one by one, what is worth a line grouped."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, by_cause
from motomind_nb.legacy import SCHEMA
from motomind_nb.postgres import Connection
from motomind_nb.reconcile.definitions.content import (
    Fact,
    Held,
    object_definition_facts,
    schema_facts,
)
from motomind_nb.reconcile.definitions.outcomes import (
    ABSENT,
    Outcome,
    Rebuilt,
    absent_known_definitions,
    definition_outcomes,
)
from motomind_nb.reconcile.definitions.rights import right_outcomes

if TYPE_CHECKING:
    import pandas as pd

CHECK = "schema"
WANTED = "kept, replaced or gone on purpose"
# one line a table; of the others each stands alone
GROUPED = ("index", "statistics", "comment", "check", "publication", "option")


def schema_changes(connection: Connection, before: Manifest) -> pd.DataFrame:
    """Return each definition of the old schema and what became of it. Reads only.

    ``before`` is the manifest of the backup. Columns: object, kind, name, fate (kept, replaced,
    gone, lost, or absent: known and not in the source), now (where its successor is), status (ok,
    note, warn, fail), reason, known (the catalog's text where the source has another), text (all
    text). Empty for a source that tells no definitions, as an exported file does.
    """
    import pandas as pd

    columns = [field.name for field in fields(Outcome)]
    if not before.is_database:
        return pd.DataFrame([], columns=columns, dtype=object)
    source = {
        fact: held
        for item in before.objects
        if item.present
        for fact, held in object_definition_facts(item.name, item).items()
    } | schema_facts(before.definitions)
    present = {item.name for item in before.objects if item.present} | {SCHEMA}
    found = [
        *definition_outcomes(source, Rebuilt(_rebuilt(connection))),
        *absent_known_definitions(source, present),
        *right_outcomes(connection, before),
    ]
    return pd.DataFrame(list(map(attrgetter(*columns), found)), columns=columns)


def definition_findings(connection: Connection, before: Manifest) -> list[Finding]:
    """Return the findings about definitions: each that is lost, the others by table, and the sum.

    Reads only.
    """
    if not before.is_database:
        return [Finding(CHECK, "all definitions", WANTED, "the source tells none", "note")]
    frame = schema_changes(connection, before)
    told = frame[frame["status"] != "ok"]
    single = (told["status"] == "fail") | ~told["kind"].isin(GROUPED)
    single &= (told["fate"] != ABSENT) & (told["kind"] != "grant") & (told["status"] != "note")
    counted = frame[frame["fate"] != ABSENT]["fate"].value_counts()
    number = ", ".join(f"{many} {fate}" for fate, many in sorted(counted.items()))
    return [
        *(_alone(line) for line in told[single].to_dict("records")),
        *_grants(told[told["kind"] == "grant"]),
        *by_cause(_grouped(told[~single & (told["kind"] != "grant")])),
        *_not_compared(before),
        Finding(CHECK, "all definitions", WANTED, number, "ok"),
    ]


def _rebuilt(connection: Connection) -> dict[Fact, Held]:
    """Return the definitions of the rebuilt schemas; objects are named with their schema."""
    found: dict[Fact, Held] = {}
    for schema, named in (("public", connection.schemas.target), ("private", "private")):
        with connection.transaction():
            objects, own = postgres.describe_schema(connection, named)
        found |= schema_facts(own, f"{schema}.{SCHEMA}")
        for item in objects.values():
            found |= object_definition_facts(f"{schema}.{item.name}", item)
    return found


def _alone(line: dict[Hashable, Any]) -> Finding:
    """Return the finding of one definition."""
    subject = f"{line['kind']} {line['object']} {line['name']}".strip()
    expected, found = (line["known"], line["text"]) if line["known"] else (line["text"], "lost")
    return Finding(CHECK, subject, expected, found, line["status"], line["reason"])


def _grants(told: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each role and right, with its tables."""
    for (name, status, reason), group in told.groupby(["name", "status", "reason"]):
        yield Finding(
            CHECK,
            f"grant {name}",
            f"on {', '.join(sorted(group['object']))}",
            "lost",
            str(status),
            str(reason),
        )


def _grouped(told: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each object, kind and fate, with the texts."""
    absent_ones = told["fate"] == ABSENT
    kinds = told["kind"].where(~absent_ones, "definitions")
    for (name, kind, fate, status), group in told.assign(kind=kinds).groupby(
        ["object", "kind", "fate", "status"], sort=False
    ):
        texts = "; ".join(_short(line) for line in group.to_dict("records"))
        reasons = "; ".join(sorted({*group["reason"]}))
        found = f"{len(group)} {fate}: {texts}"
        yield Finding(CHECK, f"{kind} {name}", WANTED, found, str(status), reasons)


def _short(line: dict[Hashable, Any]) -> str:
    """Return one definition of a group: its name and its text, the known one beside it."""
    known = f" (known: {line['known']})" if line["known"] else ""
    return f"{line['name']}: {line['text']}{known}".removeprefix(": ")


def _not_compared(before: Manifest) -> Iterator[Finding]:
    """Yield a warning for each kind of object that nothing here compares, with the names."""
    for item in before.definitions:
        if item.kind == "not compared":
            number = item.text.count(", ") + 1
            yield Finding(
                CHECK,
                f"{item.name} in the source's schema",
                "a kind that is compared",
                f"{number}: {item.text}",
                "warn",
                "nothing here compares such objects: look at them by hand",
            )

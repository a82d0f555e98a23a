"""Faults in the audit itself: each check answers ok, and some damage must then go untold.

A panel is a set of damages of one database at once, each where it can be done beside the others. A
check is noticed when a panel tells something with it that it does not tell without it. One that no
panel notices is dead, or nothing tests it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import audited
import psycopg
from catalog_damages import catalog_damages
from faults import HEADER, ROOT, Fault
from row_damages import row_damages

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, Definition

if TYPE_CHECKING:
    from worker import Worker

# folders of queries that state findings or facts that are compared -> the part of the audit
QUERIES = {
    "load/sql/decisions": "decisions",
    "reconcile/sql/checks": "rows",
    "reconcile/sql/derived/held": "rows",
    "rebuilt/sql/architecture/checks": "schema",
    "rebuilt/sql/architecture/proofs": "proofs",
    "rebuilt/sql/capture/objects": "capture",
    "rebuilt/sql/capture/environment": "capture",
}
# modules whose functions return findings -> the part of the audit
MODULES = {
    "load.decisions": "decisions",
    "reconcile.definitions": "definitions",
    "reconcile": "rows",
    "mileage.auditing": "mileage",
    "rebuilt.architecture.proofs": "proofs",
    "rebuilt.architecture": "schema",
    "rebuilt.capture.packaged": "package",
    "rebuilt.capture.environment": "package",
    "rebuilt.capture": "capture",
    "stages.witness": "witness",
    "stages.architecture": "proofs",
}
# functions that belong to another part than their module
FUNCTIONS = {"stages.architecture.round_trip": "round trip"}
RETURNED = ("Finding", "list[Finding]", "Iterator[Finding]", "Iterable[Finding]")
EMPTY = "SELECT answered.* FROM (\n{}\n) AS answered WHERE false\n"
# damages that take the ground away from the others
GREEDY = (
    "rows lost",
    "function dropped",
    "view dropped",
    "column renamed",
    "partition",
    "membership",
)
PANELS = 6


def check_faults() -> Iterator[Fault]:
    """Every check of the audit, made to answer ok."""
    for folder in QUERIES:
        for path in sorted((ROOT / "motomind_nb" / folder).rglob("*.sql")):
            text, place = path.read_text("utf-8"), str(path.relative_to(ROOT))
            yield Fault("check", "query finds nothing", place, path.stem, place, without_rows(text))
    for module in sorted(modules()):
        for name in finding_functions(module):
            yield Fault("check", "function answers ok", module, name, path=module, name=name)


def without_rows(text: str) -> str:
    """A query that finds nothing; a file of proofs without its blocks."""
    head, _, proofs = text.partition("-- prove: ")
    if proofs:
        return head
    found = HEADER.match(text)
    assert found
    body = text[found.end() :].strip().removesuffix(";")
    return found[0] + EMPTY.format(body)


def modules() -> Iterator[str]:
    """The modules of the package below those of MODULES."""
    for name, part in MODULES.items():
        whole = f"motomind_nb.{name}"
        module = importlib.import_module(whole)
        yield whole
        for found in pkgutil.walk_packages(getattr(module, "__path__", []), whole + "."):
            if part_of(found.name) == part:
                yield found.name


def finding_functions(module: str) -> list[str]:
    """The functions of a module that return findings of their own, not those of checks given."""
    held = vars(importlib.import_module(module)).items()
    return [
        name
        for name, item in held
        if getattr(item, "__module__", "") == module
        and getattr(item, "__annotations__", {}).get("return") in RETURNED
        and "checks" not in getattr(item, "__annotations__", {})
    ]


def part_of(place: str) -> str:
    """The part of the audit that a path or a module belongs to, by the longest name."""
    known = {**QUERIES, **MODULES, **FUNCTIONS}
    inside = place.removeprefix("motomind_nb").lstrip("/.")
    return known[max((name for name in known if inside.startswith(name)), key=len)]


@cache
def panels(conninfo: str) -> list[list[Fault]]:
    """Some damages of each kind, at other places in each panel; rows and definitions apart."""
    from motomind_nb.postgres import connect

    with connect(conninfo) as connection:
        of_rows, of_catalog = list(row_damages(connection)), list(catalog_damages(connection))
    found = [by_hand()]
    for number in range(PANELS):
        found += [one_of_each(of_rows, number, 12), one_of_each(of_catalog, number, 12)]
    found.append([item for item in of_catalog if item.kind in GREEDY])
    found.append([item for item in of_rows if item.kind == "rows lost"])
    return found


def by_hand() -> list[Fault]:
    """The damages that the tests of each check plant."""
    import test_architecture
    import test_each_check_fails
    from damages import DAMAGES

    statements = [
        *(damage for damage, _ in test_each_check_fails.FAULTS.values()),
        *test_architecture.FAULTS,
        *(damage.sql for damage in DAMAGES),
    ]
    return [
        Fault("damage", "by hand", "", "", statements=(text,), asleep=True) for text in statements
    ]


def one_of_each(faults: list[Fault], number: int, most: int) -> list[Fault]:
    """At most so many damages of each kind, another choice for each number."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.kind not in GREEDY:
            kinds.setdefault(fault.kind, []).append(fault)
    return [item for held in kinds.values() for item in held[number::PANELS][:most]]


def panel_findings(worker: Worker, fault: Fault) -> dict[str, object]:
    """Whether a panel tells something else now that a check answers ok."""
    part = part_of(f"{fault.place}.{fault.name}")
    for place in range(1 if part in ("decisions", "package") else PANELS * 2 + 3):
        right = healthy(worker, part, place)
        lost = right - _told(worker, part, place)
        if lost:
            check, subject = min(lost)[:2]
            return {"seen": check, "detail": subject}
    return {"seen": ""}


def healthy(worker: Worker, part: str, place: int) -> set[tuple[str, ...]]:
    """What a panel tells with every check as it is; asked once, the fault taken out meanwhile."""
    known: dict[Any, set[tuple[str, ...]]] = worker.__dict__.setdefault("panels_told", {})
    if (part, place) not in known:
        with worker.untouched():
            known[part, place] = _told(worker, part, place)
    return known[part, place]


def _told(worker: Worker, part: str, place: int) -> set[tuple[str, ...]]:
    """What one part of the audit tells of a panel: the load's decisions, else what is not ok.

    The decisions are told for the reader, and most of them are ok.
    """
    if part in ("decisions", "package"):
        with worker.case("staged") as case:
            decisions, captured = audited.rebuild(case)
            return _said(decisions if part == "decisions" else not_ok(_misbuilt(case, captured)))
    with worker.case("loaded") as case:
        for damage in panels(worker.facts["loaded"])[place]:
            _do(case.connection, damage, worker)
        more = with_more_definitions(case.manifest) if part == "definitions" else case.manifest
        return _said(not_ok(audited.told(replace(case, manifest=more), (part,), None)))


def not_ok(found: Iterable[Finding]) -> list[Finding]:
    """The findings that say something."""
    return [item for item in found if item.status != "ok"]


def with_more_definitions(manifest: Manifest) -> Manifest:
    """The manifest of a source that holds a right and a kind more than ours, which get lost."""
    more = Definition("grant", "auditor", "SELECT")
    first, *others = manifest.objects
    objects = (replace(first, definitions=(*first.definitions, more)), *others)
    types = Definition("not compared", "domain", "plate")
    return replace(manifest, objects=objects, definitions=(*manifest.definitions, types))


def _misbuilt(case: audited.Case, captured: Any) -> list[Finding]:
    """What is said of a target that was not built as packaged, beside which something opens."""
    case.connection.execute(b"ALTER TABLE public.garages ADD COLUMN more text")
    case.connection.execute(b"GRANT service_role TO anon")
    case.connection.execute(b"CREATE TABLE public.theirs (id integer)")
    theirs = (*captured.theirs, "public.theirs")
    again = audited.rebuilt.capture_target(case.connection, theirs)
    return audited.rebuilt.fresh_build_findings(again)


def _do(connection: Connection, damage: Fault, worker: Worker) -> None:
    """Do a damage beside others, unless they make it impossible."""
    try:
        with connection.transaction():
            worker.damage(audited.Case(connection, worker.run, worker.manifest), damage)
    except (psycopg.Error, LookupError):
        connection.execute(b"SET LOCAL session_replication_role = origin")


def _said(found: list[Finding]) -> set[tuple[str, ...]]:
    return {(item.check, item.subject, item.status, item.found) for item in found}

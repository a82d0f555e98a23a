"""The plan of an apply: every open point, every statement, and the token that approves them.

Reads only. The token is a hash over what was approved (the database, its schema, the mapping, the
statements, the dependents and what is done with them), never over rows, times or predictions: what
drifts between approval and apply changes it, what merely grows does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from motomind_nb import backup, provenance, runs
from motomind_nb.apply import outside
from motomind_nb.apply.planning import bindings, drift, forecast
from motomind_nb.apply.planning.catalog_points import (
    asked_of_catalog,
    catalog_points,
    catalog_warnings,
    has_tables,
)
from motomind_nb.apply.planning.handling import carried_back_points, handled_dependents
from motomind_nb.apply.planning.points import open_point
from motomind_nb.apply.planning.rehearsal import rehearsal_points
from motomind_nb.apply.state import (
    LEGACY,
    SOURCE_SCHEMA,
    UNDONE,
    require_state,
)
from motomind_nb.apply.steps import Statement, apply_steps
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused
from motomind_nb.postgres import Connection
from motomind_nb.runs import Run

DAY = 24.0  # hours


@dataclass(frozen=True)
class Request:
    """What an operator asks for: the rehearsal's run, and the choices that go with it.

    ``backup_age`` is the most hours since the backup was taken. ``also`` holds statements of the
    operator's own for what hangs on the old objects from outside.
    """

    rehearsal: Run
    accept: Path | None = None
    also: str = ""
    backup_age: float = DAY
    signed_by: Path | None = None

    @cached_property
    def rehearsed(self) -> Manifest:
        """What the rehearsal's backup says of itself, read once."""
        return backup.read_manifest(self.rehearsal.backup)

    def entries(self) -> list[runs.Entry]:
        """Return the accepted differences: those of the named file, else of the rehearsal."""
        path = self.accept or self.rehearsal.folder / "accepted.toml"
        return runs.read_accepted(path) if path.exists() or self.accept else []

    def accepted(self) -> list[str]:
        """Return each accepted difference as text."""
        return [item.model_dump_json() for item in self.entries()]


@dataclass(frozen=True)
class Plan:
    """What an apply would do to this database, and what stands against it.

    ``open_points`` and ``warnings`` are findings; ``predicted`` are seconds; ``source`` describes
    the database as it is.
    """

    database: str
    rehearsal: str
    token: str
    statements: tuple[Statement, ...]
    open_points: tuple[Finding, ...]
    rebind: frozenset[str]
    source: Manifest
    warnings: tuple[Finding, ...] = ()
    predicted: dict[str, float] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return the plan as plain values for JSON."""
        return {
            "database": self.database,
            "rehearsal": self.rehearsal,
            "token": self.token,
            "open_points": [_told(item) for item in self.open_points],
            "warnings": [_told(item) for item in self.warnings],
            "predicted": self.predicted,
            "statements": [asdict(item) for item in self.statements],
        }

    def refuse_if_open(self) -> None:
        """Raise Refused, naming every open point, unless there is none."""
        if self.open_points:
            first = self.open_points[0]
            more = len(self.open_points) - 1
            raise Refused(
                first.subject,
                first.expected,
                first.found,
                first.detail + (f" (and {more} more open points: see --plan)" if more else ""),
            )


def _told(item: Finding) -> dict[str, str]:
    """Return an open point as plain values."""
    return {
        "object": item.subject,
        "expected": item.expected,
        "found": item.found,
        "action": item.detail,
    }


def plan_apply(connection: Connection, request: Request) -> Plan:
    """Return what an apply would do, and everything that stands against it. Reads only."""
    files = rehearsal_points(request.rehearsal, request.backup_age, request.signed_by)
    found = plan_in_database(connection, request, files)
    growth = forecast.growth_since(connection, request.rehearsed) if has_tables(connection) else 0.0
    warnings = (
        *bindings.texts_to_start_from(connection, found.source, found.open_points),
        *catalog_warnings(connection, asked_of_catalog(connection)),
        forecast.disk_needed(request.rehearsal, growth),
    )
    waits = forecast.predicted_waits(connection, request.rehearsal, growth)
    return replace(found, warnings=warnings, predicted=waits)


def plan_in_database(
    connection: Connection, request: Request, known: Sequence[Finding] = ()
) -> Plan:
    """Return the plan without warnings and predictions. Reads only.

    ``known`` are the open points of the rehearsal's files.

    Call it inside a transaction: the search path is put back.
    """
    require_state(connection, LEGACY, UNDONE)
    held = request.rehearsed
    with connection.transaction(force_rollback=True):
        now = backup.describe_source(connection)
    asked = asked_of_catalog(connection)
    handled = handled_dependents(now, request.entries(), bool(request.also))
    found = [
        *known,
        *_identity_points(held, now),
        *drift.schema_points(held, now),
        *handled.open_points,
        *catalog_points(connection, asked),
    ]
    if has_tables(connection):
        found += carried_back_points(connection, request.entries())
    bindable = outside.bound_from_outside(connection, SOURCE_SCHEMA)
    found += handled.not_bindable(bindable)
    bound = [item for item in bindable if item.subject in handled.rebind]
    found += bindings.binding_points(connection, bound)
    steps = apply_steps(connection, request.also, bound)
    statements = tuple(Statement(step.name, text) for step in steps for text in step.statements)
    return Plan(
        database=connection.info.dbname,
        rehearsal=request.rehearsal.id,
        token=_token(now, statements, [*handled.said(), *request.accepted()]),
        statements=statements,
        open_points=tuple(found),
        rebind=handled.rebind,
        source=now,
    )


def _identity_points(held: Manifest, now: Manifest) -> list[Finding]:
    """Return an open point unless the rehearsal's backup is of this very database."""
    here = now.source["database"]
    known = held.source.get("database", "")
    if known == here:
        return []
    return [
        open_point(
            "rehearsal",
            f"a backup of this database ({here})",
            known or "one that does not say of which database",
            "rehearse this database itself: motomind audit --source env:VARIABLE",
        )
    ]


def _token(now: Manifest, statements: Sequence[Statement], accepted: Sequence[str]) -> str:
    """Return the hash over what is approved; ``accepted`` tells it of dependents and checks."""
    digest = hashlib.sha256()
    facts = [
        now.source["database"],
        drift.schema_fingerprint(now),
        *provenance.tool_facts().values(),
        *(f"{item.step}\n{item.text}" for item in statements),
        *sorted(accepted),
    ]
    for fact in facts:
        digest.update(hashlib.sha256(fact.encode()).digest())
    return digest.hexdigest()

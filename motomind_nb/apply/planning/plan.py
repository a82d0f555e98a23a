"""The plan of an apply: every open point, every statement, and the token that approves them.

Reads only. The token is a hash over what was approved (the database, its schema, the mapping, the
statements, the dependents and what is done with them), never over rows, times or predictions: what
drifts between approval and apply changes it, what merely grows does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from motomind_nb import backup, load, postgres, provenance, rebuilt, runs
from motomind_nb.apply import outside
from motomind_nb.apply.acts import TABLES
from motomind_nb.apply.moving import function_signatures
from motomind_nb.apply.planning import bindings, drift
from motomind_nb.apply.planning.handling import handled_dependents
from motomind_nb.apply.planning.points import open_point, to_know
from motomind_nb.apply.planning.rehearsal import rehearsal_points
from motomind_nb.apply.planning.waits import predicted_waits
from motomind_nb.apply.state import (
    LEGACY,
    SOURCE_SCHEMA,
    UNDONE,
    require_state,
)
from motomind_nb.apply.steps import Statement, apply_steps
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query, query_names, rows
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

    ``open_points`` and ``warnings`` are findings; ``predicted`` are seconds.
    """

    database: str
    rehearsal: str
    token: str
    statements: tuple[Statement, ...]
    open_points: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    predicted: dict[str, float]
    rebind: frozenset[str]

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
    return plan_in_database(connection, request, files)


def plan_in_database(
    connection: Connection, request: Request, known: Sequence[Finding] = ()
) -> Plan:
    """Return the plan; ``known`` are the open points of the rehearsal's files. Reads only.

    Call it inside a transaction: the search path is put back.
    """
    require_state(connection, LEGACY, UNDONE)
    held = backup.read_manifest(request.rehearsal.backup)
    with connection.transaction(force_rollback=True):
        now = backup.describe_source(connection)
    asked = _values(connection)
    handled = handled_dependents(now, request.entries(), bool(request.also))
    found = [
        *known,
        *_identity_points(held, now),
        *drift.schema_points(held, now),
        *handled.open_points,
        *_catalog_points(connection, asked),
    ]
    bindable = outside.bound_from_outside(connection, SOURCE_SCHEMA)
    found += handled.not_bindable(bindable)
    bound = [item for item in bindable if item.subject in handled.rebind]
    found += bindings.binding_points(connection, bound)
    to_begin = bindings.texts_to_start_from(connection, now, found)
    steps = apply_steps(connection, request.also, bound)
    statements = tuple(Statement(step.name, text) for step in steps for text in step.statements)
    return Plan(
        database=connection.info.dbname,
        rehearsal=request.rehearsal.id,
        token=_token(now, statements, [*handled.said(), *request.accepted()]),
        statements=statements,
        open_points=tuple(found),
        warnings=(*to_begin, *_warnings(connection, asked)),
        predicted=predicted_waits(connection, request.rehearsal, held),
        rebind=handled.rebind,
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


def _values(connection: Connection) -> dict[str, Any]:
    """Return the parameters of the catalog's questions."""
    years = {*load.event_years(connection)} if _has_tables(connection) else set[int]()
    return {
        "schema": SOURCE_SCHEMA,
        "tables": list(TABLES),
        "names": list(catalog.objects()),
        "signatures": function_signatures(),
        "years": len(years) + 4,
        "session": connection.info.backend_pid,
        "replaced": list(outside.REPLACED),
        "made": rebuilt.packaged_relations(SOURCE_SCHEMA),
    }


def _has_tables(connection: Connection) -> bool:
    """Return whether all legacy tables are there."""
    values = {"schema": SOURCE_SCHEMA, "tables": list(TABLES)}
    return not rows(connection, query("apply/open/04_objects"), values)


def _catalog_points(connection: Connection, values: dict[str, Any]) -> list[Finding]:
    """Return what the server's own catalog has against an apply."""
    found = [
        open_point(row["subject"], row["expected"], row["found"], row["action"])
        for name in query_names("apply/open")
        for row in rows(connection, _with_parts(name), values)
    ]
    for refuse in (postgres.refuse_without_roles, postgres.refuse_without_membership):
        try:
            refuse(connection)
        except Refused as error:
            found.append(open_point(error.subject, error.expected, error.found, error.action))
    return found


def _warnings(connection: Connection, values: dict[str, Any]) -> list[Finding]:
    """Return what the operator should know and need not decide."""
    return [
        to_know(row["subject"], row["found"])
        for name in query_names("apply/warnings")
        for row in rows(connection, _with_parts(name), values)
    ]


def _with_parts(name: str) -> sql.Composed:
    """Return a query with what several of them read alike."""
    parts = ("functions", "published")
    return query(name, **{part: query(f"apply/parts/{part}") for part in parts})


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

"""In which state of the migration a database is: derived from the database, never from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motomind_nb.core import Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Schemas, query, rows

SOURCE_SCHEMA = "public"
IN_PLACE = Schemas(source=SOURCE_SCHEMA, target="next")
APPLIED = Schemas()
LEGACY, DONE, UNDONE, RETIRED, OTHER = "legacy", "applied", "rolled back", "retired", "unknown"


@dataclass(frozen=True)
class Application:
    """One application of the migration as audit.application tells it.

    ``before`` is what rollback puts back; ``identity`` is that of the database,
    ``transaction_id`` that of the transaction which applied it.
    """

    id: str
    rehearsal: str
    identity: str
    token: str
    transaction_id: str
    operator: str
    applied_at: datetime
    before: dict[str, Any]
    rolled_back_at: datetime | None
    retired_at: datetime | None
    retired_by: str | None
    retired_reason: str | None


@dataclass(frozen=True)
class State:
    """The state (legacy, applied, rolled back, retired, unknown), and the newest application.

    ``found`` says in words what stands in the database.
    """

    name: str
    found: str
    application: Application | None

    def facts(self) -> dict[str, Any]:
        """Return the state as plain values for JSON."""
        last = self.application
        told: dict[str, Any] = {"state": self.name, "found": self.found}
        if last is None:
            return told
        times = {
            "applied_at": last.applied_at,
            "rolled_back_at": last.rolled_back_at,
            "retired_at": last.retired_at,
        }
        return {
            **told,
            "application": last.id,
            "rehearsal": last.rehearsal,
            "operator": last.operator,
            **{name: held.isoformat() if held else None for name, held in times.items()},
            "retired_by": last.retired_by,
            "retired_reason": last.retired_reason,
        }


def read_state(connection: Connection) -> State:
    """Return the state of the migration in this database. Reads only."""
    tables = list(catalog.tables())
    facts = rows(connection, query("apply/facts"), {"tables": tables})[0]
    known = rows(connection, query("apply/applications")) if facts["recorded"] else []
    last = Application(**known[0]) if known else None
    ours = [name for name in ("legacy", "private", "audit", "next") if facts[name]]
    found = (
        f"{facts['in_public']} of {len(tables)} legacy tables in public,"
        f" {facts['in_legacy']} in legacy; schemas {', '.join(ours) or 'public only'}"
    )
    return State(_name(facts, last, len(tables)), found, last)


def _name(facts: dict[str, Any], last: Application | None, tables: int) -> str:
    """Return the state's name."""
    if last and last.retired_at and not facts["legacy"]:
        return RETIRED
    in_force = last is not None and not last.rolled_back_at
    if in_force and facts["in_legacy"] == tables and facts["private"]:
        return DONE
    old_stands = facts["in_public"] == tables and not facts["legacy"] and not facts["private"]
    if old_stands and not in_force:
        return UNDONE if last else LEGACY
    return OTHER


def require_state(connection: Connection, *wanted: str) -> State:
    """Return the state of the database when it is one of those wanted. Reads only.

    Raises: Refused, naming the state and, where there is one, the application.
    """
    state = read_state(connection)
    if state.name not in wanted:
        last = state.application
        by = f" by run {last.id} on {last.applied_at:%Y-%m-%d %H:%M} UTC" if last else ""
        raise Refused(
            "database",
            f"one in state {' or '.join(wanted)}",
            f"{state.name}{by} ({state.found})",
            "name another database, or see motomind status",
        )
    return state

"""What was written since an apply: rows that the projections of legacy do not give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motomind_nb import reconcile
from motomind_nb.apply.state import DONE, require_state
from motomind_nb.postgres import Connection, query, rows


def note_written(connection: Connection) -> dict[tuple[str, str], int]:
    """Note the keys of rows written since the apply; return their numbers by table and kind.

    Writes: a temporary table.
    """
    connection.execute(query("apply/rollback/written_table"))
    for pair in reconcile.target_pairs():
        sides = {"expected": pair.expected, "loaded": pair.loaded(connection)}
        connection.execute(query("apply/rollback/note_written", **sides), {"name": pair.name})
    found = rows(connection, query("apply/rollback/written"))
    return {(row["table_name"], row["kind"]): int(row["rows"]) for row in found}


def is_damage(table: str, kind: str) -> bool:
    """Return whether nobody may have done that: rows are soft-deleted, and events never change.

    A membership may be taken away.
    """
    return (kind == "gone" and table != "memberships") or (
        kind == "changed" and table == "vehicle_events"
    )


@dataclass(frozen=True)
class Changes:
    """Rows by (table, kind) that differ from what legacy gives: written since, or damage.

    What is damage, ``is_damage`` says.
    """

    written: dict[tuple[str, str], int]
    damage: dict[tuple[str, str], int]

    def facts(self) -> dict[str, Any]:
        """Return them as plain values for JSON."""
        return {
            name: [
                {"table": table, "kind": kind, "rows": number}
                for (table, kind), number in held.items()
            ]
            for name, held in (("written", self.written), ("damaged", self.damage))
        }


def changes_since(connection: Connection) -> Changes:
    """Return what the rebuilt tables hold beyond what legacy gives. Reads only.

    Call it inside a transaction. Raises: Refused unless the database is applied.
    """
    require_state(connection, DONE)
    with connection.transaction(force_rollback=True):
        found = note_written(connection)
    damage = {
        (table, kind): number for (table, kind), number in found.items() if is_damage(table, kind)
    }
    return Changes({key: number for key, number in found.items() if key not in damage}, damage)

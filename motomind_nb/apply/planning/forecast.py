"""How long others will have to wait and how much disk is needed, by what the rehearsal took.

The seconds of each step are those of the rehearsal's own machine, its server and whatever else ran
there. So the same piece of work is timed at the rehearsal and now: on a server that takes twice as
long for it, every step is taken to last twice as long; a dry run tells the truth. Seconds and bytes
depend on the rows of the tables that are kept or folded (loading, keys, statistics, comparing), and
on the number of objects (building, rules, proofs, moves), which is the same for every database.
Pauses between tries for the locks are not part of them: they depend on who else is at work.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from motomind_nb import postgres, runs
from motomind_nb.apply.acts import TABLES
from motomind_nb.apply.planning.points import to_know
from motomind_nb.apply.state import SOURCE_SCHEMA
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query
from motomind_nb.runs import Run

# steps of the rehearsal (runs.keep_seconds) that an apply takes again
BY_ROWS = ("load", "add keys", "take statistics", "compare rows", "compare mileage")
# the rules are added twice: for the proofs, which are undone, and after the switch
BY_OBJECTS = ("build beside", "add rules", "prove", "check schema")
AFTER_SWITCH = ("add rules", "compare with package", "commit")
# 35 objects, 15 functions and the rebuilt tables are moved: about as many statements as rules, and
# measured to take as long (10,000 events, PostgreSQL 15)
MOVES_PER_RULES = 1.0


def growth_since(connection: Connection, held: Manifest) -> float:
    """Return how many rows would be loaded now for each of the rehearsal; 0 if it had none.

    Reads only.
    """
    before = sum(item.rows or 0 for item in held.tables() if item.name in loaded_tables())
    return _rows_now(connection) / before if before else 0.0


def predicted_waits(connection: Connection, rehearsal: Run, growth: float) -> dict[str, float]:
    """Return how long readers and writers will wait, in seconds; nothing without rates. Reads only.

    Readers wait from the switch on (the moves, rules, comparison with the package, COMMIT), writers
    from the first lock on.
    """
    facts = _rehearsed(rehearsal)
    taken = facts.get("step_seconds", {})
    if not growth or not taken.keys() >= {*BY_ROWS, *BY_OBJECTS, *AFTER_SWITCH}:
        return {}
    readers = sum(taken[name] for name in AFTER_SWITCH) + MOVES_PER_RULES * taken["add rules"]
    writers = growth * sum(taken[name] for name in BY_ROWS) + sum(
        taken[name] for name in BY_OBJECTS
    )
    slower = _slower(connection, facts)
    return {
        "readers_seconds": round(slower * readers, 2),
        "writers_seconds": round(slower * (writers + readers), 2),
    }


def _slower(connection: Connection, facts: dict[str, Any]) -> float:
    """Return how many times as long as at the rehearsal this server takes for the same work."""
    before = facts.get("same_work_seconds")
    return postgres.seconds_of_same_work(connection) / before if before else 1.0


def disk_needed(rehearsal: Run, growth: float) -> Finding:
    """Return how much disk an apply will need, by what the rehearsal took for its rows.

    A server with wal_level minimal, as the embedded one, does not log what it writes into new
    tables; others log all of it.
    """
    taken = _rehearsed(rehearsal).get("bytes_taken", {})
    if not growth or not taken:
        return to_know("disk", "the rehearsal does not say how much it took: look there")
    tables = growth * taken["database"] / 1e6
    log = max(tables, growth * taken["log"] / 1e6)
    return to_know(
        "disk",
        f"about {tables:,.0f} MB for the rebuilt tables, {log:,.0f} MB for the write-ahead log, as"
        " rehearsed; a server does not say what is free",
    )


def _rehearsed(rehearsal: Run) -> dict[str, Any]:
    """Return what the rehearsal measured; what it only checked, by the run that loaded."""
    own = rehearsal.facts()
    with suppress(Refused):  # the folder of the loading run is gone
        loading = runs.loading_run(rehearsal).facts()
        taken = loading.get("step_seconds", {}) | own.get("step_seconds", {})
        return {**loading, **own, "step_seconds": taken}
    return own


def loaded_tables() -> list[str]:
    """Return the legacy tables whose rows are loaded."""
    return [name for name in TABLES if name in catalog.KEPT or name in catalog.FOLDED]


def _rows_now(connection: Connection) -> int:
    """Return the number of rows that an apply would load now. Reads only."""
    return sum(
        int(postgres.value(connection, query("reconcile/count", table=(SOURCE_SCHEMA, name))))
        for name in loaded_tables()
    )

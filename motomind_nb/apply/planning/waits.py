"""How long others will have to wait, by what each step took in the rehearsal.

The rates are those of the rehearsal's own machine, its server and whatever else ran there: on a
server that is half as fast everything takes twice as long, and a dry run tells the truth. They
depend on the rows of the tables that are kept or folded (loading, keys, statistics, comparing), and
on the number of objects (building, rules, proofs, moves), which is the same for every database.
Pauses between tries for the locks are not part of them: they depend on who else is at work.
"""

from __future__ import annotations

from contextlib import suppress

from motomind_nb import postgres, runs
from motomind_nb.apply.acts import TABLES
from motomind_nb.apply.state import SOURCE_SCHEMA
from motomind_nb.backup import Manifest
from motomind_nb.core import Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query
from motomind_nb.runs import Run

# steps of the rehearsal (runs.keep_seconds) that an apply takes again
BY_ROWS = ("load", "add keys", "take statistics", "compare rows", "compare mileage")
# the rules are added twice: for the proofs, which are undone, and after the switch
BY_OBJECTS = ("build beside", "add rules", "prove", "check schema")
AFTER_SWITCH = ("add rules", "compare with package")
# 35 objects, 15 functions and the rebuilt tables are moved: about as many statements as rules, and
# measured to take as long (10,000 events, PostgreSQL 15)
MOVES_PER_RULES = 1.0


def predicted_waits(connection: Connection, rehearsal: Run, held: Manifest) -> dict[str, float]:
    """Return how long readers and writers will wait, in seconds; nothing without rates. Reads only.

    Readers wait from the switch on (the moves, rules, comparison with the package), writers from
    the first lock on.
    """
    taken = _rehearsed_seconds(rehearsal)
    before = sum(item.rows or 0 for item in held.tables() if item.name in loaded_tables())
    if not before or not taken.keys() >= {*BY_ROWS, *BY_OBJECTS, *AFTER_SWITCH}:
        return {}
    growth = _rows_now(connection) / before
    readers = sum(taken[name] for name in AFTER_SWITCH) + MOVES_PER_RULES * taken["add rules"]
    writers = growth * sum(taken[name] for name in BY_ROWS) + sum(
        taken[name] for name in BY_OBJECTS
    )
    return {
        "readers_seconds": round(readers, 2),
        "writers_seconds": round(writers + readers, 2),
    }


def _rehearsed_seconds(rehearsal: Run) -> dict[str, float]:
    """Return the seconds of each step, those of the loading run where this one only checks it."""
    found: dict[str, float] = rehearsal.facts().get("step_seconds", {})
    with suppress(Refused):  # the folder of the loading run is gone
        found = runs.loading_run(rehearsal).facts().get("step_seconds", {}) | found
    return found


def loaded_tables() -> list[str]:
    """Return the legacy tables whose rows are loaded."""
    return [name for name in TABLES if name in catalog.KEPT or name in catalog.FOLDED]


def _rows_now(connection: Connection) -> int:
    """Return the number of rows that an apply would load now. Reads only."""
    return sum(
        int(postgres.value(connection, query("reconcile/count", table=(SOURCE_SCHEMA, name))))
        for name in loaded_tables()
    )

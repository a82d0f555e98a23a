"""The old views against the queries that replace them; their known faults are named, not copied."""

from __future__ import annotations

import psycopg
from psycopg import sql

from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, in_source, query, raise_outage, value
from motomind_nb.reconcile.checks.counted import counted

FOLDER = "reconcile/checks/views"
# what depends on the clock or on the server proves nothing about rows
NOT_COMPARED = {
    "vehicle_health_scores": "its scores depend on the day of the last refresh",
    "health_score_system_status": "it shows an age, which depends on the clock",
    "mv_health_freshness": "it shows the current time",
    "performance_dashboard": "it shows statistics of the server",
}


def old_view_findings(connection: Connection, name: str) -> list[Finding]:
    """Return what comparing an old view with its replacement says. Reads only.

    Call it inside a transaction: a view that cannot run is set aside by a savepoint.
    """
    if name in NOT_COMPARED:
        return [Finding("views", name, "compared", "not compared", "note", NOT_COMPARED[name])]
    if not value(connection, query("reconcile/is_there", table=in_source(name))):
        return [
            Finding("views", name, "a view in the source", "none", "warn", "nothing to compare")
        ]
    return _compared(connection, name)


def old_view_faults(name: str) -> list[sql.Composed]:
    """Return the query that lists where an old view and its replacement differ."""
    return [query(f"{FOLDER}/{name}")]


def _compared(connection: Connection, name: str) -> list[Finding]:
    """Return what comparing one old view says."""
    try:
        with connection.transaction():
            return [
                item for faults in old_view_faults(name) for item in counted(connection, faults)
            ]
    except psycopg.Error as error:
        raise_outage(error)
        unready = isinstance(error, psycopg.errors.ObjectNotInPrerequisiteState)
        return [
            Finding(
                "views",
                name,
                "a view that can be read",
                "one that cannot",
                "warn" if unready else "fail",
                str(error.diag.message_primary),
            )
        ]

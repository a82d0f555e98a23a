"""What the load decided by itself, and what was already wrong in the source and is carried over."""

from __future__ import annotations

from motomind_nb.core import Finding, by_cause
from motomind_nb.postgres import Connection, Row, query, query_names, rows

FOLDER = "load/decisions"


def decision_findings(connection: Connection) -> list[Finding]:
    """Return a finding for each decision and each oddity carried over, one for each cause.

    The queries state them. Reads only.
    """
    return by_cause(
        sorted(
            _decision(row) for name in query_names(FOLDER) for row in rows(connection, query(name))
        )
    )


def _decision(row: Row) -> Finding:
    """Return the finding that a query states."""
    return Finding(
        str(row["check"]),
        str(row["subject"]),
        str(row["expected"]),
        str(row["found"]),
        str(row["status"]),
        str(row["detail"]),
    )

"""What the load decided by itself, and what was already wrong in the source and is carried over."""

from __future__ import annotations

from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, query, query_names, rows

FOLDER = "load/decisions"


def decision_findings(connection: Connection) -> list[Finding]:
    """Return a finding for each decision and each oddity carried over, as the queries state them.

    Reads only.
    """
    return sorted(
        Finding(**{column: str(text) for column, text in row.items()})
        for name in query_names(FOLDER)
        for row in rows(connection, query(name))
    )

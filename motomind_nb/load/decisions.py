"""What the load decided by itself, and what was already wrong in the source and is carried over."""

from __future__ import annotations

from motomind_nb import sql
from motomind_nb.database import Connection, rows
from motomind_nb.findings import Finding

FOLDER = "load/decisions"


def findings(connection: Connection) -> list[Finding]:
    """Return a finding for each decision and each oddity carried over, as the queries state them.

    Reads only.
    """
    return sorted(
        Finding(**{name: str(text) for name, text in row.items()})
        for query in sql.names(FOLDER)
        for row in rows(connection, sql.query(query))
    )

"""The jobs of pg_cron: text that names objects, which the server's own catalog does not know."""

from __future__ import annotations

from motomind_nb import sql
from motomind_nb.database import Connection, masked, rows, value
from motomind_nb.manifest import Definition


def jobs(connection: Connection) -> list[Definition]:
    """Return the database's jobs, what looks like a secret in them hidden. Reads only.

    Where there are jobs that this role may not read, one definition without a text says so.
    """
    readable = value(connection, sql.query("backup/cron"))
    if readable is None:
        return []
    if not readable:
        return [Definition("cron job", "(unreadable)", "")]
    found = rows(connection, sql.query("backup/cron_jobs"))
    return [Definition(row["kind"], row["name"], masked(row["text"])) for row in found]

"""The jobs of pg_cron: text that names objects, which the server's own catalog does not know."""

from __future__ import annotations

from motomind_nb.postgres import Connection, Definition, mask_secrets, query, rows, value


def scheduled_jobs(connection: Connection) -> list[Definition]:
    """Return the database's jobs, what looks like a secret in them hidden. Reads only.

    Where there are jobs that this role may not read, one definition without a text says so.
    """
    readable = value(connection, query("backup/cron"))
    if readable is None:
        return []
    if not readable:
        return [Definition("cron job", "(unreadable)", "")]
    found = rows(connection, query("backup/cron_jobs"))
    return [Definition(row["kind"], row["name"], mask_secrets(row["text"])) for row in found]

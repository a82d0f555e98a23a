"""The session that evaluates the source's views.

A view calls functions, and whoever may create a function can let it do what its caller may do. So a
view is read in a READ ONLY transaction by a session that logged in without superuser rights. RESET
ROLE inside a function would undo SET ROLE: only the login counts.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg.conninfo import make_conninfo

from motomind_nb import postgres
from motomind_nb.backup.taking.snapshot import Snapshot, join_snapshot
from motomind_nb.postgres import Connection, query

EMBEDDED = postgres.CLUSTER_NAME
KEPT_AS_TEXT = "not evaluated: the session that reads the source has superuser rights"


@contextmanager
def open_view_connections(
    source_conninfo: str, snapshot: Snapshot
) -> Iterator[Sequence[Connection]]:
    """Yield the connections that may evaluate views, none where the only session is a superuser's.

    Writes: on our embedded server a role for the time of the block; nothing elsewhere.
    """
    rights = postgres.rows(snapshot.connections[0], query("backup/session_rights"))[0]
    if not rights["powerful"]:
        yield snapshot.connections
    elif rights["cluster"] != EMBEDDED:
        yield ()
    else:
        with _embedded_reader(source_conninfo) as conninfo:
            connection = join_snapshot(conninfo, snapshot.name)
            try:
                yield [connection]
            finally:
                connection.close()


@contextmanager
def _embedded_reader(source_conninfo: str) -> Iterator[str]:
    """Give the connection string of a role that reads all rows and can do nothing else."""
    role = f"motomind_reader_{secrets.token_hex(6)}"
    with postgres.connect(source_conninfo, autocommit=True) as owner:
        owner.execute(query("backup/create_reader", role=role))
        try:
            yield make_conninfo(source_conninfo, user=role)
        finally:
            owner.execute(query("backup/drop_reader", role=role))

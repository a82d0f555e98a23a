"""libpq's environment: it belongs to the user's databases, and never reaches the embedded server.

Variables such as PGSERVICE, PGHOSTADDR and PGPORT lead a connection elsewhere even where its
connection string names a host, and a server takes its port from PGPORT.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.conninfo import conninfo_to_dict, make_conninfo

SOCKET_PREFIX = "/tmp/motomind-"  # where the embedded server's private sockets lie
PORT = "5432"
# what a server and initdb need of their caller's environment: to find libraries and a place
KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "TMPDIR")
_LOCK = threading.RLock()


def clean_environment() -> dict[str, str]:
    """Return the environment for the embedded server's processes: nothing of libpq, no secret."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def private_conninfo(socket: str, database: str) -> str:
    """Return the connection string of a database of an embedded server (no password needed)."""
    return make_conninfo(host=socket, port=PORT, user="postgres", dbname=database)


def is_embedded(connection_info: str) -> bool:
    """Return whether a connection string leads to the private socket of an embedded server."""
    return str(conninfo_to_dict(connection_info).get("host") or "").startswith(SOCKET_PREFIX)


@contextmanager
def hide_libpq_variables(connection_info: str) -> Iterator[None]:
    """Hold the environment for one connect: without libpq's variables for the embedded server.

    Other threads that connect wait meanwhile, because the environment is that of the process.
    """
    with _LOCK:
        names = [name for name in os.environ if name.startswith("PG")]
        hidden = names if is_embedded(connection_info) else []
        kept = {name: os.environ.pop(name) for name in hidden}
        try:
            yield
        finally:
            os.environ.update(kept)

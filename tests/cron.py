"""A server that runs pg_cron, for the tests that need a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motomind_nb import postgres
from motomind_nb.postgres import connect

BINARIES = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/pg_cron.control")
SETTINGS = {
    "shared_preload_libraries": "pg_cron",
    "cron.database_name": "postgres",
    "cron.use_background_workers": "on",
}

needed = pytest.mark.skipif(
    not EXTENSION.exists(), reason="Debian's postgresql-15-cron is not installed"
)


@contextmanager
def running(**other: str) -> Iterator[str]:
    """Start a server of its own with pg_cron in its database and yield the conninfo of that.

    ``other`` are settings of pg_cron in place of these, without the prefix.
    """
    settings = SETTINGS | {f"cron.{name}": text for name, text in other.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOMIND_POSTGRES_BIN", str(BINARIES))
        started = postgres.start_server(settings=settings)
    try:
        conninfo = started.prepare("postgres")
        with connect(conninfo, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_cron")
        yield conninfo
    finally:
        started.stop()

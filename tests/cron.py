"""A server that runs pg_cron, for the tests that need a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import targets

from motomind_nb import postgres
from motomind_nb.postgres import Server, connect

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
    started = _started(SETTINGS | {f"cron.{name}": text for name, text in other.items()})
    try:
        conninfo = started.prepare("postgres")
        with connect(conninfo, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_cron")
        yield conninfo
    finally:
        started.stop()


@contextmanager
def hosted() -> Iterator[str]:
    """As ``targets.supabase_like``, with pg_cron, which runs no job: come as the owner."""
    chosen = {"cron.database_name": targets.DATABASE, "cron.max_running_jobs": "0"}
    started = _started(SETTINGS | targets.LOGICAL | chosen)
    try:
        conninfo = targets.supabase_like(started)
        targets.execute(
            started.conninfo(targets.DATABASE),
            "CREATE EXTENSION pg_cron",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA cron TO fleet_owner",
        )
        yield conninfo
    finally:
        started.stop()


def _started(settings: dict[str, str]) -> Server:
    """Start a server of the version that has pg_cron."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOMIND_POSTGRES_BIN", str(BINARIES))
        return postgres.start_server(settings=settings)

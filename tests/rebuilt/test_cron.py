"""pg_cron for real: the jobs are registered, run, and a failing one is seen (up to a minute)."""

from __future__ import annotations

import time
from collections.abc import Iterator

import cron
import pytest
from rebuilt import Connection, event, one, two_tenants

from motomind_nb import rebuilt
from motomind_nb.postgres import connect
from motomind_nb.rebuilt import maintenance

pytestmark = cron.needed


@pytest.fixture
def scheduled() -> Iterator[Connection]:
    """A rebuilt database on a server of its own that runs pg_cron, for one test: jobs commit."""
    with cron.running() as conninfo, connect(conninfo, autocommit=True) as connection:
        with connection.transaction():
            rebuilt.create_audit(connection)
            rebuilt.build_schema(connection)
            two_tenants(connection)
        yield connection


def test_the_jobs_are_registered_with_the_rebuild(scheduled: Connection) -> None:
    jobs = scheduled.execute("SELECT jobname, schedule FROM cron.job ORDER BY jobname").fetchall()
    assert jobs == [
        ("motomind-partitions", "15 3 1 * *"),
        ("motomind-timeline", "*/5 * * * *"),
        ("motomind-timeline-watch", "1-59/5 * * * *"),
    ]
    found = {finding.subject: finding for finding in maintenance.scheduled_jobs(scheduled)}
    assert {finding.status for finding in found.values()} == {"ok"}
    assert found["motomind-timeline"].expected == "*/5 * * * *"


def test_they_run_and_a_failing_one_is_seen(scheduled: Connection) -> None:
    event(scheduled, date="2025-01-28", miles=5)
    scheduled.execute("ALTER FUNCTION private.create_partitions(integer) RENAME TO away")
    for name in ("motomind-timeline", "motomind-partitions"):
        command = one(scheduled, "SELECT command FROM cron.job WHERE jobname = %s", (name,))
        scheduled.execute("SELECT cron.schedule(%s, '* * * * *', %s)", (name, command))
    done = (
        "SELECT count(DISTINCT jobid) FROM cron.job_run_details WHERE end_time IS NOT NULL"
        " AND command NOT LIKE '%assert%'"
    )
    deadline = time.monotonic() + 130
    while one(scheduled, done) < 2 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert one(scheduled, "SELECT count(*) FROM timeline_feed") == 1
    statuses = {
        finding.subject: finding.status for finding in maintenance.scheduled_jobs(scheduled)
    }
    assert statuses["motomind-timeline"] == "ok"
    assert statuses["motomind-partitions"] == "fail"


def test_a_job_that_was_taken_away_is_missed(scheduled: Connection) -> None:
    scheduled.execute("SELECT cron.unschedule('motomind-timeline')")
    found = {finding.subject: finding for finding in maintenance.scheduled_jobs(scheduled)}
    assert found["motomind-timeline"].status == "fail"
    assert found["motomind-timeline"].actual == "missing or inactive"

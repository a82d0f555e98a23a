"""pg_cron for real: the jobs are registered, run, and a failing one is seen (up to a minute)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cron
import pytest
from conftest import rolled_back
from rebuilt import Connection, event, one, two_tenants

from motomind_nb import rebuilt
from motomind_nb.postgres import connect
from motomind_nb.rebuilt import maintenance

pytestmark = cron.needed


@pytest.fixture(scope="module")
def quiet() -> Iterator[str]:
    """A rebuilt database whose jobs are registered, on a server that never begins one."""
    with cron.running(max_running_jobs="0") as conninfo, rebuilt_on(conninfo):
        yield conninfo


@pytest.fixture
def scheduled(quiet: str) -> Iterator[Connection]:
    """The owner of that database, inside a transaction that is rolled back."""
    with rolled_back(quiet) as connection:
        yield connection


@contextmanager
def rebuilt_on(conninfo: str) -> Iterator[Connection]:
    with connect(conninfo, autocommit=True) as connection:
        with connection.transaction():
            rebuilt.create_audit(connection)
            rebuilt.build_schema(connection)
            two_tenants(connection)
        yield connection


def states(connection: Connection) -> dict[str, tuple[str, str]]:
    """State and status of each job, by its name."""
    found = maintenance.scheduled_jobs(connection)
    return {finding.subject: (finding.found, finding.status) for finding in found}


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
    assert {finding.found for finding in found.values()} == {"new"}
    noted = "SELECT count(*) FROM private.job_log WHERE message LIKE 'registered as job %'"
    assert one(scheduled, noted) == 3


RAN = (
    "SELECT count(DISTINCT jobid) FROM cron.job_run_details WHERE end_time IS NOT NULL"
    " AND command NOT LIKE '%assert%'"
)
UNCONNECTED = (
    "SELECT count(DISTINCT jobid) FROM cron.job_run_details"
    " WHERE status = 'failed' AND end_time IS NULL"
)


@dataclass(frozen=True)
class Waited:
    """Two servers, a minute later: one whose jobs ran, one whose jobs got no connection."""

    running: Connection
    unconnected: Connection


@pytest.fixture(scope="module")
def waited() -> Iterator[Waited]:
    """Both at once: pg_cron begins a job at the full minute."""
    with (
        cron.running() as one_server,
        cron.running(use_background_workers="off") as other_server,
        rebuilt_on(one_server) as running,
        rebuilt_on(other_server) as unconnected,
    ):
        event(running, date="2025-01-28", miles=5)
        running.execute("ALTER FUNCTION private.create_partitions(integer) RENAME TO away")
        for name in ("motomind-timeline", "motomind-partitions"):
            command = one(running, "SELECT command FROM cron.job WHERE jobname = %s", (name,))
            running.execute("SELECT cron.schedule(%s, '* * * * *', %s)", (name, command))
        unconnected.execute(
            "UPDATE cron.job SET nodename = '127.0.0.1', nodeport = 1, schedule = '* * * * *'"
        )
        deadline = time.monotonic() + 130
        while time.monotonic() < deadline and (
            one(running, RAN) < 2 or one(unconnected, UNCONNECTED) < 3
        ):
            time.sleep(0.5)
        yield Waited(running, unconnected)


@pytest.mark.campaign
def test_they_run_and_a_failing_one_is_seen(waited: Waited) -> None:
    assert one(waited.running, "SELECT count(*) FROM timeline_feed") == 1
    statuses = {
        finding.subject: finding.status for finding in maintenance.scheduled_jobs(waited.running)
    }
    assert statuses["motomind-timeline"] == "ok"
    assert statuses["motomind-partitions"] == "fail"
    assert states(waited.running)["motomind-timeline"] == ("well lately", "ok")
    assert states(waited.running)["motomind-partitions"] == ("failed", "fail")


@pytest.mark.campaign
def test_runs_that_get_no_connection_are_failures(waited: Waited) -> None:
    """Such runs have no end time, and the log holds the good run of motomind maintain itself."""
    told = rebuilt.run_maintenance(waited.unconnected)
    found = [item for item in told if item.check == "scheduler"]
    assert [(item.found, item.status) for item in found] == [("failed", "fail")] * 3
    assert "connection failed" in found[0].detail


def test_a_job_that_was_taken_away_is_missed(scheduled: Connection) -> None:
    scheduled.execute("SELECT cron.unschedule('motomind-timeline')")
    found = {finding.subject: finding for finding in maintenance.scheduled_jobs(scheduled)}
    assert found["motomind-timeline"].status == "fail"
    assert found["motomind-timeline"].found == "missing or inactive"


ONE_JOB = "SELECT jobid FROM cron.job WHERE jobname = 'motomind-timeline'"
RUN = (
    "INSERT INTO cron.job_run_details (jobid, runid, database, command, status, return_message,"
    f" start_time, end_time) VALUES (({ONE_JOB}), %s, current_database(), '', %s, 'said', %s, %s)"
)
OLDER = (
    "UPDATE private.job_log SET started_at = now() - %s::interval, finished_at = now()"
    " - %s::interval WHERE job = %s AND message LIKE 'registered%%'"
)


def test_a_job_that_never_ran_is_new_for_two_of_its_intervals_then_silent(
    scheduled: Connection,
) -> None:
    expected = {"9 minutes": ("new", "ok"), "11 minutes": ("silent", "fail")}
    for age, state in expected.items():
        for job in ("motomind-timeline", "motomind-partitions"):
            scheduled.execute(OLDER, (age, age, job))
        assert states(scheduled)["motomind-timeline"] == state
        assert states(scheduled)["motomind-partitions"] == ("new", "ok")
    scheduled.execute(OLDER, ("63 days", "63 days", "motomind-partitions"))
    assert states(scheduled)["motomind-partitions"] == ("silent", "fail")
    scheduled.execute(OLDER, ("61 days", "61 days", "motomind-partitions"))
    assert states(scheduled)["motomind-partitions"] == ("new", "ok")


def test_a_run_that_was_good_long_ago_is_not_good_enough(scheduled: Connection) -> None:
    for number, age, state in (
        (1, "90 days", ("silent", "fail")),
        (2, "11 minutes", ("silent", "fail")),
        (3, "9 minutes", ("well lately", "ok")),
    ):
        moment = one(scheduled, "SELECT now() - %s::interval", (age,))
        scheduled.execute(RUN, (9_000_000 + number, "succeeded", moment, moment))
        assert states(scheduled)["motomind-timeline"] == state
    scheduled.execute(RUN, (9_000_004, "running", moment, None))
    assert states(scheduled)["motomind-timeline"] == ("well lately", "ok")
    scheduled.execute(RUN, (9_000_005, "failed", None, None))
    assert states(scheduled)["motomind-timeline"] == ("failed", "fail")
    scheduled.execute(RUN, (9_000_006, "succeeded", moment, moment))
    assert states(scheduled)["motomind-timeline"] == ("well lately", "ok")


def test_a_job_registered_by_hand_is_new_from_then_on(scheduled: Connection) -> None:
    scheduled.execute("SELECT cron.unschedule('motomind-timeline')")
    scheduled.execute("UPDATE private.job_log SET started_at = now() - interval '1 day'")
    command = "SELECT cron.schedule('motomind-timeline', %s, 'SELECT private.refresh_timeline()')"
    scheduled.execute(command, ("*/5 * * * *",))
    assert states(scheduled)["motomind-timeline"] == ("silent", "fail")
    for _ in range(2):
        rebuilt.run_maintenance(scheduled)
        assert states(scheduled)["motomind-timeline"] == ("new", "ok")
    noted = "SELECT count(*) FROM private.job_log WHERE job = 'motomind-timeline'"
    assert one(scheduled, noted) == 2
    scheduled.execute(command, ("@reboot",))
    assert states(scheduled)["motomind-timeline"] == ("of an unknown schedule", "warn")


def test_the_log_forgets_old_runs_but_not_since_when_a_job_is_there(scheduled: Connection) -> None:
    scheduled.execute(
        "UPDATE private.job_log SET started_at = '2001-02-03', finished_at = '2001-02-03'"
    )
    scheduled.execute("SELECT private.keep_partitions_ahead()")
    left = "SELECT count(*) FROM private.job_log WHERE started_at = '2001-02-03'"
    assert one(scheduled, left) == 3

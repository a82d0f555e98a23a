"""The jobs of the rebuilt schema, for servers without pg_cron (and to look at those with it).

Creates the partitions that are missing, refreshes the timeline without blocking readers, and
watches what should stay empty. A job that fails is a finding and a row in private.job_log; the
other jobs go on.
"""

from __future__ import annotations

from datetime import date

import psycopg
from psycopg import pq

from motomind_nb.core import Finding, Refused, as_one_line, counted
from motomind_nb.postgres import Connection, Row, query, rows, value
from motomind_nb.rebuilt.schedules import longest_interval

# in which a statement can be sent; of any other the lock goes with the session
UNBROKEN = (pq.TransactionStatus.IDLE, pq.TransactionStatus.INTRANS)
STATES = {
    "available": ("ok", "pg_cron could be installed; until then schedule motomind maintain"),
    "absent": ("ok", "no pg_cron here: schedule motomind maintain"),
    "closed": ("warn", "pg_cron is installed, but this role has no USAGE on schema cron"),
}
# what a job of pg_cron can be, and the status of its finding
JOB_STATES = {
    "new": "ok",
    "well lately": "ok",
    "failed": "fail",
    "silent": "fail",
    "of an unknown schedule": "warn",
}


def run_maintenance(connection: Connection, today: date | None = None) -> list[Finding]:
    """Do the jobs once and return what they found; ``today`` stands in for the current date.

    Writes: missing partitions, the timeline, private.job_log; never commits (each statement
    commits by itself on an autocommit connection, which holds locks the shortest).
    While another session does them, only the watching is done, and a finding says so.
    Raises: Refused when the rebuilt schema is not here.
    """
    if not value(connection, query("rebuilt/maintain/installed")):
        raise Refused(
            "rebuilt schema",
            "private.job_log",
            "no such table",
            "name the database that holds the rebuilt schema",
        )
    return [
        *_do_jobs_once(connection, today),
        *check_partitions_and_ids(connection),
        timeline_freshness(connection),
        *scheduled_jobs(connection),
    ]


def _do_jobs_once(connection: Connection, today: date | None) -> list[Finding]:
    """Do the jobs, unless another session does; two at once would wait for each other's locks."""
    if not value(connection, query("rebuilt/maintain/try_lock")):
        detail = "what should stay empty was watched all the same"
        return [Finding("jobs", "maintain", "done once", "by another session", "ok", detail)]
    try:
        return _do_jobs(connection, today)
    finally:
        if connection.info.transaction_status in UNBROKEN:
            connection.execute(query("rebuilt/maintain/unlock"))


def _do_jobs(connection: Connection, today: date | None) -> list[Finding]:
    """Do the jobs; return what they say."""
    if _scheduler(connection) == "installed":
        connection.execute(query("rebuilt/maintain/note_registered"))
    findings = [_partitions(connection, today), _refresh(connection)]
    connection.execute(query("rebuilt/maintain/analyze"))
    return findings


def check_partitions_and_ids(connection: Connection) -> list[Finding]:
    """Return findings on the default partition, ids used twice, incomplete partitions.

    Reads only.
    """
    return [Finding(*row.values()) for row in rows(connection, query("rebuilt/maintain/watch"))]


def timeline_freshness(connection: Connection) -> Finding:
    """Return whether the last refresh succeeded and no event is missing for over 15 minutes.

    Events that are missing for less are a warning. Reads only.
    """
    row = rows(connection, query("rebuilt/maintain/freshness"))[0]
    late = "fail" if not row["is_fresh"] else "warn" if row["missing"] else "ok"
    return Finding(
        "timeline fresh",
        "private.timeline",
        "every event written more than 15 minutes ago is in the timeline",
        f"{counted(row['missing'], 'event')} not in it yet, as of {row['fresh_as_of']}",
        late,
        as_one_line(row["message"]),
    )


def scheduled_jobs(connection: Connection) -> list[Finding]:
    """Return findings on pg_cron: whether it is here, and the state of each job. Reads only."""
    state = _scheduler(connection)
    if state != "installed":
        status, detail = STATES[state]
        return [Finding("scheduler", "pg_cron", "installed, or not needed", state, status, detail)]
    return [_job(row) for row in rows(connection, query("rebuilt/maintain/jobs"))]


def _scheduler(connection: Connection) -> str:
    """Return whether pg_cron is installed, closed to this role, available or absent."""
    return str(value(connection, query("rebuilt/maintain/scheduler")))


def _job(row: Row) -> Finding:
    """Return the finding on one job of pg_cron."""
    if row["schedule"] is None or not row["active"]:
        detail = "register it again, or schedule motomind maintain"
        return Finding("scheduler", row["job"], "registered", "missing or inactive", "fail", detail)
    state = _state(row)
    since = f"last good run {row['good'] or 'never'}, registered {row['registered'] or 'unknown'}"
    detail = "; ".join(part for part in (since, as_one_line(row["message"] or "")) if part)
    return Finding("scheduler", row["job"], row["schedule"], state, JOB_STATES[state], detail)


def _state(row: Row) -> str:
    """Return the state of a registered job.

    It is silent when it did not run well for two of its own intervals, new as long as there was
    no time for that.
    """
    interval = longest_interval(row["schedule"])
    if row["status"] == "failed":
        return "failed"
    if interval is None:
        return "of an unknown schedule"
    if row["idle"] > 2 * interval.total_seconds():
        return "silent"
    return "well lately" if row["good"] else "new"


def _partitions(connection: Connection, today: date | None) -> Finding:
    """Create missing partitions; a failure takes back this job alone and is logged."""
    try:
        with connection.transaction():
            statement = query("rebuilt/maintain/keep_partitions")
            created = value(connection, statement, {"today": today})
    except psycopg.Error as error:
        message = as_one_line(error.diag.message_primary or error)
        values = {"job": "partitions", "message": message}
        connection.execute(query("rebuilt/maintain/log_failure"), values)
        return Finding("partitions ahead", "vehicle_events", "created", "failed", "fail", message)
    detail = "two years ahead, holes included"
    return Finding("partitions ahead", "vehicle_events", "present", f"{created} new", "ok", detail)


def _refresh(connection: Connection) -> Finding:
    """Refresh the timeline; the function itself logs a failure."""
    failure = value(connection, query("rebuilt/maintain/refresh"))
    status, found = ("ok", "refreshed") if failure is None else ("fail", "failed")
    detail = as_one_line(failure or "")
    return Finding("timeline refresh", "private.timeline", "refreshed", found, status, detail)

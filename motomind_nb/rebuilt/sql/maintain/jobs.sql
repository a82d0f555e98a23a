-- The jobs that pg_cron should run, the outcome of the last run that came to an end, well or not,
-- and when each ran well for the last time. A run that never got a connection has no end time. Times
-- are UTC; a job whose registration nobody wrote down is as old as its first run or the log.
-- Parameters: none. Columns: job (text), schedule (text, NULL = not registered), active
-- (boolean), status (text: succeeded, failed, NULL = never run), message, good, registered (text, NULL =
-- never, unknown), idle (seconds since the last good run, or else since the job was registered).
SELECT
    wanted.job,
    registered.schedule,
    registered.active,
    latest.status,
    latest.return_message AS message,
    to_char(good.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS good,
    to_char(since.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS registered,
    extract(EPOCH FROM clock_timestamp() - coalesce(good.at, since.at, 'epoch'))::double precision AS idle
FROM (
    VALUES ('motomind-partitions'), ('motomind-timeline'), ('motomind-timeline-watch')
) AS wanted (job)
LEFT JOIN cron.job AS registered
    ON wanted.job = registered.jobname AND registered.database = current_database()
LEFT JOIN LATERAL (
    SELECT
        run.status,
        run.return_message
    FROM cron.job_run_details AS run
    WHERE run.jobid = registered.jobid AND run.status IN ('succeeded', 'failed')
    ORDER BY run.runid DESC
    LIMIT 1
) AS latest ON true
CROSS JOIN LATERAL (
    SELECT max(run.end_time) AS at
    FROM cron.job_run_details AS run
    WHERE run.jobid = registered.jobid AND run.status = 'succeeded'
) AS good
CROSS JOIN LATERAL (
    SELECT
        coalesce(
            least(
                (
                    SELECT max(log.started_at) FROM private.job_log AS log
                    WHERE
                        log.job = wanted.job
                        AND log.message = 'registered as job ' || registered.jobid
                ),
                (
                    SELECT min(run.start_time) FROM cron.job_run_details AS run
                    WHERE run.jobid = registered.jobid
                )
            ),
            (SELECT min(log.started_at) FROM private.job_log AS log)
        ) AS at
) AS since
ORDER BY wanted.job;

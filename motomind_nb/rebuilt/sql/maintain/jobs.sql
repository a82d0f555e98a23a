-- The jobs that pg_cron should run, with the outcome of their last run.
-- Parameters: none. Columns: job (text), schedule (text, NULL = not registered), active
-- (boolean), status (text, NULL = never run), message (text).
SELECT
    wanted.job,
    registered.schedule,
    registered.active,
    latest.status,
    latest.return_message AS message
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
    WHERE run.jobid = registered.jobid AND run.end_time IS NOT NULL
    ORDER BY run.runid DESC
    LIMIT 1
) AS latest ON true
ORDER BY wanted.job;

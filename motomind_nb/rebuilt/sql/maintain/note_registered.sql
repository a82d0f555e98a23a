-- Writes down the jobs that somebody registered since the rebuild: they are new from now on.
-- Parameters: none.
INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
SELECT
    registered.jobname,
    clock_timestamp(),
    clock_timestamp(),
    true,
    'registered as job ' || registered.jobid
FROM cron.job AS registered
WHERE
    registered.jobname IN ('motomind-partitions', 'motomind-timeline', 'motomind-timeline-watch')
    AND registered.database = current_database()
    AND NOT EXISTS (
        SELECT FROM private.job_log AS log
        WHERE
            log.job = registered.jobname
            AND log.message = 'registered as job ' || registered.jobid
    );

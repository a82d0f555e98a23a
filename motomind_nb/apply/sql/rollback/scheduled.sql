-- Purpose: the jobs that the rebuild gave to pg_cron. Columns: name (text).
SELECT job.jobname AS name
FROM cron.job AS job
WHERE job.jobname IN ('motomind-timeline', 'motomind-timeline-watch', 'motomind-partitions')
    AND job.database = current_database()
ORDER BY job.jobname

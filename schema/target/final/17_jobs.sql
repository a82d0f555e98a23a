-- The jobs by pg_cron, where it is installed and may be used: the timeline every 5 minutes,
-- its watch a minute later, partitions on the first of each month. Elsewhere motomind maintain
-- does the same. Nothing depends on pg_cron for correctness. The log keeps when each job was
-- registered: one that never ran well since then is new for two of its intervals, and silent later.

DO $jobs$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_cron')
        AND has_schema_privilege('cron', 'USAGE')
    THEN
        INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
        SELECT
            wanted.job, clock_timestamp(), clock_timestamp(), true,
            'registered as job ' || cron.schedule(wanted.job, wanted.schedule, wanted.command)
        FROM (
            VALUES
            ('motomind-timeline', '*/5 * * * *', 'SELECT private.refresh_timeline()'),
            ('motomind-timeline-watch', '1-59/5 * * * *', 'SELECT private.assert_timeline_fresh()'),
            ('motomind-partitions', '15 3 1 * *', 'SELECT private.keep_partitions_ahead()')
        ) AS wanted (job, schedule, command);
    END IF;
END
$jobs$;

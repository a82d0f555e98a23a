-- The jobs by pg_cron, where it is installed and may be used: the timeline every 5 minutes,
-- its watch a minute later, partitions on the first of each month. Elsewhere motomind maintain
-- does the same. Nothing depends on pg_cron for correctness.

DO $jobs$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_cron')
        AND has_schema_privilege('cron', 'USAGE')
    THEN
        PERFORM cron.schedule(
            'motomind-timeline', '*/5 * * * *', 'SELECT private.refresh_timeline()'
        );
        PERFORM cron.schedule(
            'motomind-timeline-watch', '1-59/5 * * * *', 'SELECT private.assert_timeline_fresh()'
        );
        PERFORM cron.schedule(
            'motomind-partitions', '15 3 1 * *', 'SELECT private.keep_partitions_ahead()'
        );
    END IF;
END
$jobs$;

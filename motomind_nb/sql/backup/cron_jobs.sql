-- Purpose: the jobs of pg_cron in this database: pg_depend does not know what their texts name.
-- Columns: kind, name, text (when, then the command).
SELECT
    'cron job' AS kind,
    coalesce(j.jobname::text, 'number ' || j.jobid) AS name,
    concat_ws(' ', CASE WHEN NOT j.active THEN 'inactive' END, j.schedule, j.command) AS text
FROM cron.job AS j
WHERE j.database = current_database()
ORDER BY j.jobid

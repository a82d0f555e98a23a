-- Purpose: the jobs of pg_cron in this database: pg_depend does not know what their texts name. Older
-- versions give a job no name and no way to be inactive, so columns are looked up by name. Several roles
-- may have a job of one name: then the role is part of it.
-- Columns: kind, name, text (when, then the command).
SELECT
    'cron job' AS kind,
    coalesce(
        to_jsonb(j) ->> 'jobname'
        || CASE WHEN count(*) OVER (PARTITION BY to_jsonb(j) ->> 'jobname') > 1 THEN ' of ' || j.username ELSE '' END,
        'number ' || j.jobid
    ) AS name,
    concat_ws(
        ' ', CASE WHEN to_jsonb(j) -> 'active' = 'false' THEN 'inactive' END, j.schedule, j.command
    ) AS text
FROM cron.job AS j
WHERE j.database = current_database()
ORDER BY j.jobid

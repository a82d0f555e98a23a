-- Jobs of pg_cron in this database that name one of these schemas. Only where it is installed.
-- Parameters: none. Columns: object, kind, name, text.
SELECT
    'job ' || coalesce(j.jobname, j.command) AS object,
    'job' AS kind,
    '' AS name,
    concat_ws(
        ' ', j.schedule, j.command, 'as', j.username, CASE WHEN NOT j.active THEN 'not active' END
    ) AS text
FROM cron.job AS j
WHERE
    j.database = current_database()
    AND j.command ~ '\m({source}|private|audit|{target})\.|\m(tenants|garages|vehicle\w*|reminders)\M'
ORDER BY 1;

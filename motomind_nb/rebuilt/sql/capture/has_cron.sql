-- Whether pg_cron is installed and its jobs may be read. Parameters: none. Columns: readable.
SELECT
    to_regclass('cron.job') IS NOT NULL
    AND has_schema_privilege(to_regnamespace('cron'), 'USAGE')
    AND has_table_privilege(to_regclass('cron.job'), 'SELECT') AS readable;

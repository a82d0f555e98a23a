-- Purpose: whether the database has pg_cron, and whether this role may read the jobs of all roles.
-- Columns: readable (boolean); no row without pg_cron.
SELECT
    has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    AND NOT row_security_active(c.oid) AS readable
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'cron' AND c.relname = 'job'

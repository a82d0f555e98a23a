-- Purpose: whether the database has pg_cron, and whether this role may read the jobs of all roles.
-- Columns: readable (boolean); no row without pg_cron.
SELECT
    has_schema_privilege(c.relnamespace, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    AND NOT row_security_active(c.oid) AS readable
FROM pg_catalog.pg_extension AS e
INNER JOIN pg_catalog.pg_depend AS d
    ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
INNER JOIN pg_catalog.pg_class AS c
    ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE e.extname = 'pg_cron' AND n.nspname = 'cron' AND c.relname = 'job' AND c.relkind = 'r'

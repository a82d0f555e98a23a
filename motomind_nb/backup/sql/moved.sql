-- Purpose: whether one schema holds legacy functions, which move along with the 35 objects and which
-- no staged copy has; and whether there is a list of migrations that this role may read.
-- Parameters: schema (text), functions (their names).
-- Columns: functions (bigint, how many), listed (bigint, 1 or 0).
SELECT
    count(*) AS functions,
    (
        SELECT count(*)
        FROM pg_catalog.pg_class AS c
        INNER JOIN pg_catalog.pg_namespace AS a ON c.relnamespace = a.oid
        WHERE
            a.nspname = 'audit'
            AND c.relname = 'application'
            AND has_schema_privilege(a.oid, 'USAGE')
            AND has_table_privilege(c.oid, 'SELECT')
    ) AS listed
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
WHERE n.nspname = %(schema)s AND p.proname = ANY(%(functions)s)

-- Purpose: the extended statistics on one schema's relations.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'statistics' AS kind,
    s.stxname::text AS name,
    pg_get_statisticsobjdef(s.oid) AS text
FROM pg_catalog.pg_statistic_ext AS s
INNER JOIN pg_catalog.pg_class AS c ON s.stxrelid = c.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
ORDER BY 1, 3

-- Extended statistics. Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    'statistics' AS kind,
    s.stxname::text AS name,
    pg_get_statisticsobjdef(s.oid) AS text
FROM pg_catalog.pg_statistic_ext AS s
INNER JOIN pg_catalog.pg_class AS c ON s.stxrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2, 4

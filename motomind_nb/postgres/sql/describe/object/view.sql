-- Purpose: the queries of one schema's views.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'query' AS kind,
    c.relname::text AS name,
    pg_get_viewdef(c.oid) AS text
FROM pg_catalog.pg_class AS c
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('v', 'm')
ORDER BY 1

-- Purpose: the legacy relations of the source's schema with the word that ALTER needs. Parameters: names
-- (text[]). Columns: kind, name (text), id (bigint: its oid).
SELECT
    CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
    held.relname::text AS name,
    held.oid::bigint AS id
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND held.relname = ANY(%(names)s::text[])
ORDER BY held.relname

-- Purpose: the relations of the schema that was built beside, with the word that ALTER needs.
-- Parameters: schema (text). Columns: kind, name (text).
SELECT
    CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
    held.relname::text AS name
FROM pg_catalog.pg_class AS held
WHERE held.relnamespace = to_regnamespace(%(schema)s) AND held.relkind IN ('r', 'p', 'v', 'm')
ORDER BY held.relname

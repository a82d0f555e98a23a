-- Purpose: what stands in the schemas that a target must not have filled yet.
-- Columns: schema (text), relations (bigint).
SELECT
    n.nspname::text AS schema,
    count(*) AS relations
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    n.nspname IN ('{target}', '{source}', 'private', 'audit')
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
GROUP BY n.nspname
ORDER BY n.nspname

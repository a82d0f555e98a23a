-- Purpose: which of the named schemas hold relations. Parameter: schemas (text[]).
-- Columns: schema, relations (count).
SELECT
    n.nspname::text AS schema,
    count(*) AS relations
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname = ANY(%(schemas)s) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
GROUP BY n.nspname
ORDER BY n.nspname

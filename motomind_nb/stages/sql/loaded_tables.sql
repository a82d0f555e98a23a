-- Purpose: what a rehearsal made in the target and can be analyzed. Parameter: names (text[], the rebuilt
-- tables). Columns: home, name (text), one row for each table or materialized view, partitions left out.
SELECT
    schema.nspname::text AS home,
    class.relname::text AS name
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
WHERE
    class.relkind IN ('r', 'p', 'm')
    AND NOT class.relispartition
    AND (
        schema.nspname IN ('{source}', 'private', 'audit')
        OR (schema.nspname = '{target}' AND class.relname = ANY(%(names)s::text[]))
    )
ORDER BY schema.nspname, class.relname

-- Purpose: the comments on one schema and its functions.
-- Parameters: schema (text). Columns: kind, name, text.
SELECT
    'comment' AS kind,
    coalesce(p.oid::regprocedure::text, 'schema') AS name,
    d.description AS text
FROM pg_catalog.pg_description AS d
LEFT JOIN pg_catalog.pg_proc AS p
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_proc'::regclass
INNER JOIN pg_catalog.pg_namespace AS n
    ON
        n.oid = coalesce(
            p.pronamespace,
            CASE WHEN d.classoid = 'pg_catalog.pg_namespace'::regclass THEN d.objoid END
        )
WHERE n.nspname = %(schema)s
ORDER BY 2

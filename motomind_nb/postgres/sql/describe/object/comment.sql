-- Purpose: the comments on one schema's relations and columns.
-- Parameters: schema (text). Columns: object, kind, name (the column or empty), text.
SELECT
    c.relname::text AS object,
    'comment' AS kind,
    coalesce(a.attname::text, '') AS name,
    d.description AS text
FROM pg_catalog.pg_description AS d
INNER JOIN pg_catalog.pg_class AS c
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass
LEFT JOIN pg_catalog.pg_attribute AS a
    ON d.objsubid > 0 AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY 1, 3

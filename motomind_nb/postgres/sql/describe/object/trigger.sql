-- Purpose: the triggers of one schema's relations that people made.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'trigger' AS kind,
    t.tgname::text AS name,
    pg_get_triggerdef(t.oid, true) || CASE t.tgenabled
        WHEN 'D' THEN ' -- disabled' WHEN 'A' THEN ' -- always' WHEN 'R' THEN ' -- replica' ELSE ''
    END AS text
FROM pg_catalog.pg_trigger AS t
INNER JOIN pg_catalog.pg_class AS c ON t.tgrelid = c.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND NOT t.tgisinternal
ORDER BY 1, 3

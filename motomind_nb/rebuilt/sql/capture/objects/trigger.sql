-- Triggers, with whether they fire, and those of foreign keys that do not fire as they should.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    CASE WHEN t.tgisinternal THEN 'trigger of a key' ELSE 'trigger' END AS kind,
    CASE WHEN t.tgisinternal THEN k.conname || ' ' || p.proname ELSE t.tgname::text END AS name,
    CASE WHEN t.tgisinternal THEN '' ELSE pg_get_triggerdef(t.oid) END
    || CASE t.tgenabled
        WHEN 'O' THEN '' WHEN 'D' THEN ' -- disabled' WHEN 'A' THEN ' -- always' ELSE ' -- replica only'
    END AS text
FROM pg_catalog.pg_trigger AS t
INNER JOIN pg_catalog.pg_class AS c ON t.tgrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_catalog.pg_proc AS p ON t.tgfoid = p.oid
LEFT JOIN pg_catalog.pg_constraint AS k ON t.tgconstraint = k.oid
WHERE
    n.nspname IN ('{target}', 'private', 'audit', '{source}')
    AND (NOT t.tgisinternal OR t.tgenabled <> 'O')
ORDER BY 1, 2, 3, 4, 5

-- Purpose: the rewrite rules of one schema's relations that people made.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'rule' AS kind,
    r.rulename::text AS name,
    pg_get_ruledef(r.oid, true) || CASE r.ev_enabled
        WHEN 'D' THEN ' -- disabled' WHEN 'A' THEN ' -- always' WHEN 'R' THEN ' -- replica' ELSE ''
    END AS text
FROM pg_catalog.pg_rewrite AS r
INNER JOIN pg_catalog.pg_class AS c ON r.ev_class = c.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND r.rulename <> '_RETURN'
ORDER BY 1, 3

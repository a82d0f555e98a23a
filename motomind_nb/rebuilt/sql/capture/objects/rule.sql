-- Queries of views and rewrite rules. Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    CASE WHEN r.rulename = '_RETURN' THEN 'query' ELSE 'rule' END AS kind,
    CASE WHEN r.rulename = '_RETURN' THEN '' ELSE r.rulename::text END AS name,
    CASE WHEN r.rulename = '_RETURN' THEN pg_get_viewdef(c.oid) ELSE pg_get_ruledef(r.oid) END
    || CASE r.ev_enabled
        WHEN 'O' THEN '' WHEN 'D' THEN ' -- disabled' WHEN 'A' THEN ' -- always' ELSE ' -- replica only'
    END AS text
FROM pg_catalog.pg_rewrite AS r
INNER JOIN pg_catalog.pg_class AS c ON r.ev_class = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2, 3, 4

-- Purpose: the options of one schema's relations, security_invoker of a view among them.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'option' AS kind,
    split_part(o.option, '=', 1) AS name,
    substr(o.option, strpos(o.option, '=') + 1) AS text
FROM pg_catalog.pg_class AS c
CROSS JOIN unnest(c.reloptions) AS o (option)
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY 1, 3

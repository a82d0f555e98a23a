-- Purpose: the publications that one schema's tables are in, and what identifies their rows there.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    p.tablename::text AS object,
    'publication' AS kind,
    p.pubname::text AS name,
    'replica identity ' || CASE c.relreplident
        WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' ELSE 'index'
    END AS text
FROM pg_catalog.pg_publication_tables AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.schemaname = n.nspname
INNER JOIN pg_catalog.pg_class AS c ON n.oid = c.relnamespace AND p.tablename = c.relname
WHERE p.schemaname = %(schema)s
ORDER BY 1, 3

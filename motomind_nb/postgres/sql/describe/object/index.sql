-- Purpose: the indexes of one schema's relations that no constraint owns.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'index' AS kind,
    i.relname::text AS name,
    pg_get_indexdef(x.indexrelid, 0, true)
    || CASE WHEN x.indisvalid THEN '' ELSE ' -- invalid' END AS text
FROM pg_catalog.pg_index AS x
INNER JOIN pg_catalog.pg_class AS c ON x.indrelid = c.oid
INNER JOIN pg_catalog.pg_class AS i ON x.indexrelid = i.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'm')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint AS k
        WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
    )
ORDER BY 1, 3

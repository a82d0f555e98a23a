-- Indexes, without their own name in the text; the part of a partitioned index bears the name of
-- the whole. Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    'index' AS kind,
    coalesce(whole.relname, i.relname)::text AS name,
    regexp_replace(
        pg_get_indexdef(x.indexrelid), '^(CREATE (UNIQUE )?INDEX )("([^"]|"")+"|\S+) ', '\1'
    ) || concat(
        CASE WHEN NOT (x.indisvalid AND x.indisready AND x.indislive) THEN ' -- not valid' END,
        CASE WHEN NOT x.indimmediate THEN ' -- deferred' END,
        CASE WHEN x.indisclustered THEN ' -- clustered' END,
        CASE WHEN x.indisreplident THEN ' -- replica identity' END
    ) AS text
FROM pg_catalog.pg_index AS x
INNER JOIN pg_catalog.pg_class AS i ON x.indexrelid = i.oid
INNER JOIN pg_catalog.pg_class AS c ON x.indrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_inherits AS h ON i.oid = h.inhrelid
LEFT JOIN pg_catalog.pg_class AS whole ON h.inhparent = whole.oid
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2, 4, 5

-- Purpose: what is unusual about how one schema's tables are kept: without a log, as a child of
-- another table, of a type, with another identity of rows in replication.
-- Parameters: schema (text). Columns: object, kind (persistence, parent, table type, replica
-- identity), name, text.
SELECT
    c.relname::text AS object,
    'persistence' AS kind,
    '' AS name,
    'UNLOGGED' AS text
FROM pg_catalog.pg_class AS c
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'm')
    AND c.relpersistence = 'u'
UNION ALL
SELECT
    c.relname::text,
    'parent',
    i.inhparent::regclass::text,
    'INHERITS (' || i.inhparent::regclass::text || ')'
FROM pg_catalog.pg_inherits AS i
INNER JOIN pg_catalog.pg_class AS c ON i.inhrelid = c.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'f')
    AND NOT c.relispartition
UNION ALL
SELECT
    c.relname::text,
    'table type',
    c.reloftype::regtype::text,
    'OF ' || c.reloftype::regtype::text
FROM pg_catalog.pg_class AS c
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.reloftype <> 0
UNION ALL
SELECT
    c.relname::text,
    'replica identity',
    '',
    CASE c.relreplident
        WHEN 'f' THEN 'FULL'
        WHEN 'n' THEN 'NOTHING'
        ELSE 'USING INDEX ' || coalesce(i.indexrelid::regclass::text, 'that is gone')
    END
FROM pg_catalog.pg_class AS c
LEFT JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid AND i.indisreplident
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p')
    AND c.relreplident <> 'd'
ORDER BY 1, 2, 3

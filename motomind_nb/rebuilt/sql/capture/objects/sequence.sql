-- Sequences: how they count and the column that owns them; not what they last gave.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    'sequence' AS kind,
    '' AS name,
    concat_ws(
        ' ', format_type(q.seqtypid, NULL), 'increment', q.seqincrement, 'from', q.seqmin, 'to', q.seqmax,
        'start', q.seqstart, 'cache', q.seqcache, CASE WHEN q.seqcycle THEN 'cycle' END,
        'of ' || d.refobjid::regclass || '.' || a.attname
    ) AS text
FROM pg_catalog.pg_sequence AS q
INNER JOIN pg_catalog.pg_class AS c ON q.seqrelid = c.oid
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_depend AS d
    ON
        c.oid = d.objid
        AND d.classid = 'pg_catalog.pg_class'::regclass
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_attribute AS a ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2

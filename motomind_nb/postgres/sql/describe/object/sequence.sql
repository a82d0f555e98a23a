-- Purpose: the sequences that columns of one schema own: what they are, whose they are and, where
-- this role may see it, the last value they gave.
-- Parameters: schema (text). Columns: object (the table), kind, name (the sequence), text.
SELECT
    c.relname::text AS object,
    part.kind,
    s.relname::text AS name,
    part.text
FROM pg_catalog.pg_depend AS d
INNER JOIN pg_catalog.pg_class AS s ON d.objid = s.oid AND s.relkind = 'S'
INNER JOIN pg_catalog.pg_sequence AS q ON s.oid = q.seqrelid
INNER JOIN pg_catalog.pg_class AS c ON d.refobjid = c.oid
INNER JOIN pg_catalog.pg_attribute AS a ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
CROSS JOIN LATERAL (
    VALUES
    (
        'sequence',
        concat_ws(
            ' ', 'AS', format_type(q.seqtypid, NULL), 'INCREMENT BY', q.seqincrement,
            'MINVALUE', q.seqmin, 'MAXVALUE', q.seqmax, 'START WITH', q.seqstart,
            'CACHE', q.seqcache, CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END
        )
    ),
    ('sequence owner', a.attname::text),
    (
        'sequence value',
        CASE
            WHEN has_sequence_privilege(s.oid, 'SELECT, USAGE')
                THEN pg_sequence_last_value(s.oid)::text
        END
    )
) AS part (kind, text)
WHERE
    d.classid = 'pg_catalog.pg_class'::regclass
    AND d.refclassid = 'pg_catalog.pg_class'::regclass
    AND d.deptype = 'a'
    AND c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND part.text IS NOT NULL
ORDER BY 1, 3, 2

-- Purpose: the keys of one schema's tables as facts: primary keys, what is unique by whole columns
-- (constraint or index, without a condition), and foreign keys within the schema that the server has
-- checked on all rows. Keys over ranges, which need more than equality, are left out.
-- Parameters: schema (text).
-- Columns: object, kind (primary key, unique, foreign key), name, columns (text[]), refers_to (the
-- table that a foreign key points at, else ''), referred (text[], its columns), nulls_alike (boolean:
-- a unique key that takes one NULL for equal to another).
SELECT
    c.relname::text AS object,
    CASE WHEN x.indisprimary THEN 'primary key' ELSE 'unique' END AS kind,
    coalesce(k.conname, i.relname)::text AS name,
    named.columns,
    '' AS refers_to,
    ARRAY[]::text[] AS referred,
    x.indnullsnotdistinct AS nulls_alike
FROM pg_catalog.pg_index AS x
INNER JOIN pg_catalog.pg_class AS c ON x.indrelid = c.oid
INNER JOIN pg_catalog.pg_class AS i ON x.indexrelid = i.oid
INNER JOIN pg_catalog.pg_am AS m ON i.relam = m.oid
LEFT JOIN pg_catalog.pg_constraint AS k ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u')
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY part.place) AS columns
    FROM unnest(x.indkey::smallint[]) WITH ORDINALITY AS part (number, place)
    INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = part.number
    WHERE part.place <= x.indnkeyatts
) AS named
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p')
    AND x.indisunique
    AND x.indisvalid
    AND x.indpred IS NULL
    AND x.indexprs IS NULL
    AND m.amname = 'btree'
UNION ALL
SELECT
    c.relname::text,
    'foreign key',
    k.conname::text,
    (
        SELECT array_agg(a.attname::text ORDER BY part.place)
        FROM unnest(k.conkey) WITH ORDINALITY AS part (number, place)
        INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = part.number
    ),
    r.relname::text,
    (
        SELECT array_agg(a.attname::text ORDER BY part.place)
        FROM unnest(k.confkey) WITH ORDINALITY AS part (number, place)
        INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = part.number
    ),
    FALSE
FROM pg_catalog.pg_constraint AS k
INNER JOIN pg_catalog.pg_class AS c ON k.conrelid = c.oid
INNER JOIN pg_catalog.pg_class AS r ON k.confrelid = r.oid AND r.relnamespace = c.relnamespace
INNER JOIN pg_catalog.pg_class AS i ON k.conindid = i.oid
INNER JOIN pg_catalog.pg_am AS m ON i.relam = m.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND k.contype = 'f'
    AND k.convalidated
    AND k.conparentid = 0
    AND m.amname = 'btree'
ORDER BY 1, 2, 3

-- Purpose: how each column of a table enters its fingerprint.
-- hashed: the type's hash depends on every bit of a value (text: where the collation tells all texts
-- apart) and is cheap. written: floating point, whose text is exact (the session's digits are
-- pinned), and in which a NaN has many bit patterns that no text, and so no backup, tells apart.
-- sent: of all other types equal hashes may hide digits (1.0 and 1.00), so their bytes are taken.
-- Parameters: table (text, the quoted name).
-- Columns: hashed, written, sent (text[], in the table's order).
SELECT
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'hashed'), ARRAY[]::text[]) AS hashed,
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'written'), ARRAY[]::text[]) AS written,
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'sent'), ARRAY[]::text[]) AS sent
FROM (
    SELECT
        a.attname::text AS name,
        a.attnum AS number,
        CASE
            WHEN t.typnamespace <> 'pg_catalog'::regnamespace OR NOT coalesce(o.collisdeterministic, TRUE)
                THEN 'sent'
            WHEN t.typname IN ('bool', 'int2', 'int4', 'date', 'uuid', 'bytea', 'text', 'varchar')
                THEN 'hashed'
            WHEN t.typname IN ('float4', 'float8') THEN 'written'
            ELSE 'sent'
        END AS how
    FROM pg_catalog.pg_attribute AS a
    INNER JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = a.attcollation
    WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped
) AS c

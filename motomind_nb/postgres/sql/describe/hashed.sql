-- Purpose: how each column of a table enters its fingerprint. Two values must count as equal just
-- when COPY writes the same text for them, on any server.
-- hashed: the type's own hash depends on every bit of a value and is cheap.
-- sent: equal hashes may hide digits (1.0 and 1.00) or, by their collation, letters; the bytes in
-- which the server sends a value do not, and are cheaper than text.
-- written: all other types, as text. Floating point has many NaNs that no text tells apart; types
-- that an extension or a person made have other numbers on another server, which sent bytes hold.
-- Parameters: table (text, the quoted name).
-- Columns: hashed, sent, written (text[], in the table's order).
SELECT
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'hashed'), ARRAY[]::text[]) AS hashed,
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'sent'), ARRAY[]::text[]) AS sent,
    coalesce(array_agg(c.name ORDER BY c.number) FILTER (WHERE c.how = 'written'), ARRAY[]::text[]) AS written
FROM (
    SELECT
        a.attname::text AS name,
        a.attnum AS number,
        CASE
            WHEN t.typnamespace <> 'pg_catalog'::regnamespace THEN 'written'
            WHEN t.typname IN ('text', 'varchar') AND NOT coalesce(o.collisdeterministic, TRUE) THEN 'sent'
            WHEN t.typname IN ('bool', 'int2', 'int4', 'date', 'uuid', 'bytea', 'text', 'varchar')
                THEN 'hashed'
            WHEN t.typname IN (
                'int8', 'numeric', 'jsonb', 'time', 'timetz', 'timestamp', 'timestamptz', 'inet', '_text'
            ) THEN 'sent'
            ELSE 'written'
        END AS how
    FROM pg_catalog.pg_attribute AS a
    INNER JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = a.attcollation
    WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped
) AS c

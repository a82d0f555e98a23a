-- Purpose: how each column of a table enters its fingerprint. The hash of a type in the list below
-- depends on every bit of a value (text: where the collation tells all texts apart) and is cheap;
-- of other types equal hashes may hide digits or a sign (1.0 and 1.00), so their bytes are taken.
-- Parameters: table (text, the quoted name). Columns: hashed, sent (text[], in the table's order).
SELECT
    coalesce(array_agg(column_of.name ORDER BY column_of.number) FILTER (WHERE column_of.exact), ARRAY[]::text[])
        AS hashed,
    coalesce(array_agg(column_of.name ORDER BY column_of.number) FILTER (WHERE NOT column_of.exact), ARRAY[]::text[])
        AS sent
FROM (
    SELECT
        a.attname::text AS name,
        a.attnum AS number,
        t.typname IN ('bool', 'int2', 'int4', 'date', 'uuid', 'bytea', 'text', 'varchar')
        AND t.typnamespace = 'pg_catalog'::regnamespace
        AND coalesce(c.collisdeterministic, TRUE) AS exact
    FROM pg_catalog.pg_attribute AS a
    INNER JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_collation AS c ON c.oid = a.attcollation
    WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped
) AS column_of

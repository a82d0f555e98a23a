-- Purpose: the columns of the staged copy as they are, in the order of their tables.
-- Columns: object, name, type (text), position (int), family (number, text, date, other),
-- part (of profile/parts), nullable, is_unique (a unique index over this column alone), is_table
-- (boolean).
SELECT
    class.relname::text AS object,
    attribute.attname::text AS name,
    format_type(attribute.atttypid, attribute.atttypmod) AS type,
    row_number() OVER (PARTITION BY class.oid ORDER BY attribute.attnum)::integer AS position,
    CASE
        WHEN type.typname IN ('int2', 'int4', 'int8', 'numeric', 'float4', 'float8') THEN 'number'
        WHEN type.typname IN ('text', 'varchar', 'bpchar') THEN 'text'
        WHEN type.typname IN ('date', 'timestamp', 'timestamptz') THEN 'date'
        WHEN type.typname = 'jsonb' THEN 'json'
        ELSE 'other'
    END AS family,
    CASE
        WHEN type.typname IN ('text', 'varchar', 'bpchar') THEN 'text'
        WHEN type.typname = 'bool' THEN 'boolean'
        WHEN type.typcategory IN ('N', 'D', 'T') THEN 'ordered'
        ELSE 'other'
    END AS part,
    NOT attribute.attnotnull OR EXISTS (
        -- not checked on all rows, which a server from 18 on allows
        SELECT FROM pg_catalog.pg_constraint AS rule
        WHERE
            rule.conrelid = class.oid AND rule.contype = 'n' AND NOT rule.convalidated
            AND rule.conkey = ARRAY[attribute.attnum]
    ) AS nullable,
    EXISTS(
        SELECT FROM pg_catalog.pg_index AS index
        WHERE
            index.indrelid = class.oid AND index.indisunique AND index.indisvalid
            AND index.indpred IS NULL AND index.indnkeyatts = 1
            AND index.indkey[0] = attribute.attnum
    ) AS is_unique,
    class.relkind IN ('r', 'p') AS is_table
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_attribute AS attribute
    ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
INNER JOIN pg_catalog.pg_type AS type ON type.oid = attribute.atttypid
WHERE class.relnamespace = to_regnamespace('{source}') AND class.relkind IN ('r', 'p', 'v', 'm')
ORDER BY class.relname COLLATE "C", attribute.attnum

-- Relations whose commands can be tried, with a column that an UPDATE can name.
-- Parameters: objects (text array, schema.name). Columns: object, schema, name, first_column.
SELECT
    schema.nspname || '.' || CASE
        WHEN class.relispartition THEN 'vehicle_events (partitions)' ELSE class.relname
    END AS object,
    schema.nspname AS schema,
    class.relname AS name,
    attribute.attname AS first_column
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
INNER JOIN pg_catalog.pg_attribute AS attribute
    ON attribute.attrelid = class.oid AND attribute.attnum = 1
WHERE
    class.relkind IN ('r', 'p', 'v', 'm')
    AND schema.nspname || '.' || CASE
        WHEN class.relispartition THEN 'vehicle_events (partitions)' ELSE class.relname
    END = ANY(%(objects)s::text[])
ORDER BY object, name;

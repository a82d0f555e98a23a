-- Relations whose commands can be tried as a role, with a column that an INSERT and one that an UPDATE
-- can name: the first that the role may, or else the first.
-- Parameters: objects (text array, schema.name), role (text).
-- Columns: object, schema, name, insert, update (all text).
SELECT
    schema.nspname || '.' || CASE
        WHEN class.relispartition THEN 'vehicle_events (partitions)' ELSE class.relname
    END AS object,
    schema.nspname AS schema,
    class.relname AS name,
    named.by_insert AS insert,
    named.by_update AS update
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
CROSS JOIN LATERAL (
    SELECT
        (array_agg(
            attribute.attname
            ORDER BY
                has_column_privilege(%(role)s::text, class.oid, attribute.attnum, 'INSERT') DESC,
                attribute.attnum
        ))[1] AS by_insert,
        (array_agg(
            attribute.attname
            ORDER BY
                has_column_privilege(%(role)s::text, class.oid, attribute.attnum, 'UPDATE') DESC,
                attribute.attnum
        ))[1] AS by_update
    FROM pg_catalog.pg_attribute AS attribute
    WHERE attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
) AS named
WHERE
    class.relkind IN ('r', 'p', 'v', 'm')
    AND schema.nspname || '.' || CASE
        WHEN class.relispartition THEN 'vehicle_events (partitions)' ELSE class.relname
    END = ANY(%(objects)s::text[])
ORDER BY object, name;

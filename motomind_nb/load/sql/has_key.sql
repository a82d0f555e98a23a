-- Whether a table has a primary key of certain columns, or of some of them.
-- %(schema)s, %(table)s, %(columns)s (text[]). Column: boolean.
SELECT count(*) > 0
FROM pg_catalog.pg_constraint AS key
INNER JOIN pg_catalog.pg_class AS class ON class.oid = key.conrelid
INNER JOIN pg_catalog.pg_namespace AS schema ON schema.oid = class.relnamespace
WHERE
    key.contype = 'p' AND schema.nspname = %(schema)s AND class.relname = %(table)s
    AND %(columns)s::text[] @> (
        SELECT array_agg(attribute.attname::text)
        FROM pg_catalog.pg_attribute AS attribute
        WHERE attribute.attrelid = class.oid AND attribute.attnum = ANY(key.conkey)
    )

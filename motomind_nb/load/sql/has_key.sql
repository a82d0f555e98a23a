-- Whether a table has a primary key of certain columns. %(schema)s, %(table)s, %(columns)s (text[]).
-- Column: boolean.
SELECT EXISTS (
    SELECT
    FROM pg_catalog.pg_constraint AS primary_key
    INNER JOIN pg_catalog.pg_class AS class ON class.oid = primary_key.conrelid
    INNER JOIN pg_catalog.pg_namespace AS schema ON schema.oid = class.relnamespace
    WHERE
        primary_key.contype = 'p' AND schema.nspname = %(schema)s AND class.relname = %(table)s
        AND %(columns)s::text[] @> (
            SELECT array_agg(attribute.attname::text)
            FROM pg_catalog.pg_attribute AS attribute
            WHERE attribute.attrelid = class.oid AND attribute.attnum = ANY(primary_key.conkey)
        )
)

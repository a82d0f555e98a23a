-- Tables without a primary key.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    class.oid::regclass::text AS subject,
    'a primary key' AS expected,
    'none' AS found,
    'rows cannot be told apart' AS detail
FROM pg_catalog.pg_class AS class
WHERE
    class.relnamespace IN ('{target}'::regnamespace, 'private'::regnamespace)
    AND class.relkind IN ('r', 'p')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS key
        WHERE key.indrelid = class.oid AND key.indisprimary
    )
ORDER BY subject;

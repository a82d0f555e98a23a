-- Tables, partitions included, without row level security.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || class.relname AS subject,
    'row level security on' AS expected,
    'off' AS found,
    'ALTER TABLE ... ENABLE ROW LEVEL SECURITY' AS detail
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
WHERE
    schema.nspname IN ('{target}', 'private', 'audit')
    AND class.relkind IN ('r', 'p')
    AND NOT class.relrowsecurity
ORDER BY subject;

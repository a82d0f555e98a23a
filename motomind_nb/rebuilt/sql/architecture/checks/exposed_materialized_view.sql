-- Materialized views in the exposed schema, or granted to a role of the API.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || class.relname AS subject,
    'schema private, no grants' AS expected,
    CASE WHEN schema.nspname = '{target}' THEN 'exposed' ELSE 'granted' END AS found,
    'a materialized view knows no row level security' AS detail
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
WHERE
    class.relkind = 'm'
    AND schema.nspname IN ('{target}', 'private')
    AND (
        schema.nspname = '{target}'
        OR EXISTS (
            SELECT FROM unnest(ARRAY['anon', 'authenticated', 'service_role']) AS role (name)
            WHERE has_any_column_privilege(role.name, class.oid, 'SELECT')
        )
    )
ORDER BY subject;

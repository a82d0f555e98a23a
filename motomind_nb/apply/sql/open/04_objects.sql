-- Purpose: legacy tables that are not there as tables: a migration in place moves all 25.
-- Parameters: schema (text), tables (text[]). Columns: subject, expected, found, action (text).
SELECT
    wanted.name AS subject,
    'a table in schema ' || %(schema)s::text AS expected,
    'none' AS found,
    'make it (empty) as the legacy schema has it, and rehearse again' AS action
FROM unnest(%(tables)s::text[]) AS wanted (name)
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_class AS held
    WHERE held.relnamespace = to_regnamespace(%(schema)s) AND held.relname = wanted.name
        AND held.relkind IN ('r', 'p')
)
ORDER BY wanted.name

-- Purpose: how many relations stand where the legacy or the rebuilt schema would go.
-- Parameters: none.
-- Columns: relations (bigint, number of tables, views, materialized views, sequences).
SELECT count(*) AS relations
FROM pg_catalog.pg_class AS c
WHERE
    c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND c.relnamespace::regnamespace::text IN ('public', 'legacy', 'private', 'audit');

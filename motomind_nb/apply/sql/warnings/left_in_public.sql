-- Purpose: what hangs on moved tables and does not move with them: extended statistics, security labels.
-- Parameters: schema (text), names (text[]). Columns: subject, found (text).
SELECT
    'statistics ' || extended.stxname AS subject,
    'stays in its schema, over ' || held.relname || ' in legacy' AS found
FROM pg_catalog.pg_statistic_ext AS extended
INNER JOIN pg_catalog.pg_class AS held ON extended.stxrelid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s) AND held.relname = ANY(%(names)s::text[])
UNION ALL
SELECT
    'security label of ' || held.relname,
    label.provider || ': the rebuilt table has none'
FROM pg_catalog.pg_seclabel AS label
INNER JOIN pg_catalog.pg_class AS held
    ON label.classoid = 'pg_catalog.pg_class'::regclass AND label.objoid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s) AND held.relname = ANY(%(names)s::text[])
ORDER BY subject

-- Purpose: names that the rebuilt schema needs and somebody else has. Parameters: schema (text), names
-- (text[], the legacy relations, which move away). Columns: subject, expected, found, action (text).
SELECT
    format('%%I.%%I', %(schema)s::text, held.relname) AS subject,
    'a free name' AS expected,
    CASE held.relkind WHEN 'v' THEN 'a view' WHEN 'i' THEN 'an index' WHEN 'S' THEN 'a sequence' ELSE 'a table' END
    AS found,
    'rename or move it' AS action
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname <> ALL(%(names)s::text[])
    AND (
        held.relname IN ('vehicle_current_mileage', 'timeline_feed')
        OR held.relname ~ '^vehicle_events_([0-9]{{4}}|default)$'
    )
UNION ALL
SELECT
    format('type %%I.%%I', %(schema)s::text, held.typname),
    'a free name',
    'a type',
    'rename or move it'
FROM pg_catalog.pg_type AS held
WHERE
    held.typnamespace = to_regnamespace(%(schema)s) AND held.typrelid = 0 AND held.typelem = 0
    AND held.typname IN ('vehicle_current_mileage', 'timeline_feed')
ORDER BY subject

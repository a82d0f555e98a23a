-- Purpose: names that the rebuilt schema needs and somebody else has. Parameters: schema (text), names
-- (text[], the legacy relations, which move away with their indexes and sequences), made (text[], the
-- relations and indexes of the rebuilt schema). Columns: subject, expected, found, action (text).
SELECT
    format('%%I.%%I', %(schema)s::text, held.relname) AS subject,
    'a free name' AS expected,
    CASE held.relkind
        WHEN 'v' THEN 'a view'
        WHEN 'm' THEN 'a materialized view'
        WHEN 'i' THEN 'an index'
        WHEN 'I' THEN 'an index'
        WHEN 'S' THEN 'a sequence'
        WHEN 'c' THEN 'a type'
        ELSE 'a table'
    END AS found,
    'rename or move it' AS action
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname <> ALL(%(names)s::text[])
    AND (
        held.relname = ANY(%(made)s::text[])
        OR held.relname ~ '^vehicle_events_([0-9]{{4}}|default)(_|$)'
    )
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS part
        INNER JOIN pg_catalog.pg_class AS moved ON part.refobjid = moved.oid
        WHERE
            part.classid = 'pg_catalog.pg_class'::regclass AND part.objid = held.oid
            AND part.refclassid = 'pg_catalog.pg_class'::regclass AND part.deptype IN ('a', 'i')
            AND moved.relnamespace = held.relnamespace AND moved.relname = ANY(%(names)s::text[])
    )
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS part
        INNER JOIN pg_catalog.pg_class AS moved ON part.indrelid = moved.oid
        WHERE
            part.indexrelid = held.oid
            AND moved.relnamespace = held.relnamespace AND moved.relname = ANY(%(names)s::text[])
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

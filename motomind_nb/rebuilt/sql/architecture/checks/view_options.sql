-- Views without the options that keep tenants apart: all run as the caller, except the barrier
-- over the materialized timeline.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || class.relname AS subject,
    wanted.option AS expected,
    coalesce(array_to_string(class.reloptions, ', '), 'no options') AS found,
    'a view without it runs with the rights of its owner' AS detail
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN schema.nspname = 'private' AND class.relname = 'timeline_visible'
                THEN 'security_barrier=true'
            ELSE 'security_invoker=true'
        END AS option
) AS wanted
WHERE
    schema.nspname IN ('{target}', 'private')
    AND class.relkind = 'v'
    AND NOT coalesce(wanted.option = ANY(class.reloptions), false)
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS part
        WHERE part.objid = class.oid AND part.deptype = 'e'
    )
ORDER BY subject;

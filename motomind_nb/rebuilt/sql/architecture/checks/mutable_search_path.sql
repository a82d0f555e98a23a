-- Functions of ours, which all stand in private, that do not fix their search_path. One with a body
-- that the server has parsed names nothing any more that could be found elsewhere.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || routine.proname AS subject,
    'SET search_path = ''''' AS expected,
    coalesce(array_to_string(routine.proconfig, ', '), 'no settings') AS found,
    'a caller could slip in objects of its own' AS detail
FROM pg_catalog.pg_proc AS routine
INNER JOIN pg_catalog.pg_namespace AS schema ON routine.pronamespace = schema.oid
WHERE
    schema.nspname = 'private'
    AND routine.prosqlbody IS NULL
    AND NOT coalesce('search_path=""' = ANY(routine.proconfig), false)
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS part
        WHERE part.objid = routine.oid AND part.deptype = 'e'
    )
ORDER BY subject;

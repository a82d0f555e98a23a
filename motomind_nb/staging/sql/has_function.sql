-- Purpose: whether a function without arguments exists and may be called.
-- Parameters: name (text, with its schema). Columns: found (boolean).
SELECT count(*) > 0 AS found
FROM pg_catalog.pg_proc AS routine
INNER JOIN pg_catalog.pg_namespace AS schema ON routine.pronamespace = schema.oid
WHERE
    schema.nspname || '.' || routine.proname = %(name)s
    AND routine.pronargs = 0
    AND has_schema_privilege(schema.oid, 'USAGE')
    AND has_function_privilege(routine.oid, 'EXECUTE')

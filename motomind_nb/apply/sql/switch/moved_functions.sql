-- Purpose: the legacy functions that stand in a schema. Parameters: schema (text), signatures (text[], as
-- the catalog of the legacy schema writes them). Columns: name (text), arguments (text, as ALTER FUNCTION
-- takes them), id (bigint: its oid). Hole: functions (see parts/functions).
SELECT
    routine.proname::text AS name,
    pg_get_function_identity_arguments(routine.oid) AS arguments,
    routine.oid::bigint AS id
FROM ({functions}) AS routine
ORDER BY routine.proname, 2

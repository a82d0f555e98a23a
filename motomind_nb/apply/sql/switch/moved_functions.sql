-- Purpose: the legacy functions that stand in a schema. Parameters: schema (text), signatures (text[], as
-- the catalog of the legacy schema writes them). Columns: name (text), arguments (text, as ALTER FUNCTION
-- takes them), id (bigint: its oid).
SELECT
    routine.proname::text AS name,
    pg_get_function_identity_arguments(routine.oid) AS arguments,
    routine.oid::bigint AS id
FROM pg_catalog.pg_proc AS routine
CROSS JOIN LATERAL (
    SELECT
        routine.proname || '('
        || coalesce(string_agg(given.type::regtype::text, ',' ORDER BY given.place), '') || ')' AS text
    FROM unnest(routine.proargtypes::oid[]) WITH ORDINALITY AS given (type, place)
) AS signature
WHERE
    routine.pronamespace = to_regnamespace(%(schema)s)
    AND signature.text = ANY(%(signatures)s::text[])
ORDER BY routine.proname, 2

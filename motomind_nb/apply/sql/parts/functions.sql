-- Purpose: the legacy functions that stand in a schema, for another query's FROM. Parameters: schema (text),
-- signatures (text[], as the catalog of the legacy schema writes them). Columns: those of pg_proc, and oid.
SELECT routine.*
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

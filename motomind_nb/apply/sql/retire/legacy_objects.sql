-- Purpose: what retire drops by name, in an order that needs no CASCADE: the views through which the
-- load read, then the legacy views, tables and functions. Parameters: names (text[], the 35), signatures
-- (text[], the 15). Columns: place (integer), kind (as DROP names it), object (text, quoted).
SELECT
    CASE held.relkind WHEN 'v' THEN 1 WHEN 'm' THEN 2 ELSE 3 END AS place,
    CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
    format('%%I.%%I', home.nspname, held.relname) AS object
FROM pg_catalog.pg_class AS held
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
WHERE
    held.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (
        (home.nspname = 'audit' AND held.relname LIKE 'loadable\_%%')
        OR (home.nspname = '{source}' AND held.relname = ANY(%(names)s::text[]))
    )
UNION ALL
SELECT 4, 'FUNCTION', routine.oid::regprocedure::text
FROM pg_catalog.pg_proc AS routine
CROSS JOIN LATERAL (
    SELECT
        routine.proname || '('
        || coalesce(string_agg(given.type::regtype::text, ',' ORDER BY given.place), '') || ')' AS text
    FROM unnest(routine.proargtypes::oid[]) WITH ORDINALITY AS given (type, place)
) AS signature
WHERE routine.pronamespace = to_regnamespace('{source}') AND signature.text = ANY(%(signatures)s::text[])
ORDER BY place, object

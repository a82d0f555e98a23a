-- Purpose: what retire drops by name, in an order that needs no CASCADE: the views through which the
-- load read, then the legacy views, tables and functions. Parameters: schema (where they
-- stand), names (text[], the 35), signatures (text[], the 15). Hole: functions (see parts/functions).
-- Columns: place (integer), kind (as DROP names it), object (text, quoted), told (text, the kind in words).
SELECT
    CASE held.relkind WHEN 'v' THEN 1 WHEN 'm' THEN 2 ELSE 3 END AS place,
    CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
    format('%%I.%%I', home.nspname, held.relname) AS object,
    CASE
        WHEN home.nspname = 'audit' THEN 'reading view'
        WHEN held.relkind = 'v' THEN 'view'
        WHEN held.relkind = 'm' THEN 'materialized view'
        ELSE 'table'
    END AS told
FROM pg_catalog.pg_class AS held
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
WHERE
    held.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (
        (home.nspname = 'audit' AND held.relname LIKE 'loadable\_%%')
        OR (home.nspname = %(schema)s AND held.relname = ANY(%(names)s::text[]))
    )
UNION ALL
SELECT 4, 'FUNCTION', routine.oid::regprocedure::text, 'function'
FROM ({functions}) AS routine
ORDER BY place, object

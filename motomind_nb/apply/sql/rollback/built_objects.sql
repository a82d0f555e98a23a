-- Purpose: what the migration made and rollback drops, in an order that needs no CASCADE: views, the
-- materialized view, tables, functions. Whatever else hangs on them makes the drop fail.
-- Columns: place (integer, the order of kinds), kind (as DROP names it), object (text, quoted).
SELECT
    CASE held.relkind WHEN 'v' THEN 1 WHEN 'm' THEN 2 ELSE 3 END AS place,
    CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
    format('%I.%I', home.nspname, held.relname) AS object
FROM pg_catalog.pg_class AS held
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
WHERE
    held.relkind IN ('r', 'p', 'v', 'm')
    AND NOT held.relispartition
    AND (
        home.nspname = 'private'
        OR (home.nspname = 'audit' AND held.relname LIKE 'loadable\_%')
        OR (
            home.nspname = '{target}'
            AND held.relname IN (
                'tenants', 'users', 'garages', 'vehicles', 'vehicle_images', 'reminders',
                'vehicle_events', 'vehicle_current_mileage', 'timeline_feed'
            )
        )
    )
UNION ALL
SELECT 4, 'FUNCTION', routine.oid::regprocedure::text
FROM pg_catalog.pg_proc AS routine
WHERE routine.pronamespace = to_regnamespace('private')
ORDER BY place, object

-- Purpose: what tells whether a relation was dropped, made anew, rewritten or emptied, and how many of its
-- rows this transaction has written; of an old function, whether it is the one that it was.
-- Parameters: names (text[], the old relations).
-- Columns: name (text), id (bigint, its oid), file (bigint, 0 without one; of a function a hash of its text),
-- written (bigint, rows).
SELECT
    format('%%I.%%I', home.nspname, held.relname) AS name,
    held.oid::bigint AS id,
    coalesce(pg_relation_filenode(held.oid), 0)::bigint AS file,
    coalesce(counted.n_tup_ins + counted.n_tup_upd + counted.n_tup_del, 0)::bigint AS written
FROM pg_catalog.pg_class AS held
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
LEFT JOIN pg_catalog.pg_stat_xact_user_tables AS counted ON held.oid = counted.relid
WHERE
    held.relkind IN ('r', 'p', 'm', 'v')
    AND (
        home.nspname IN ('private', 'audit')
        OR (home.nspname = '{source}' AND held.relname = ANY(%(names)s::text[]))
        OR (home.nspname = '{target}' AND held.relname IN (
            'tenants', 'users', 'garages', 'vehicles', 'vehicle_images', 'reminders'
        ))
        OR (home.nspname = '{target}' AND held.relname LIKE 'vehicle\_events%%')
    )
UNION ALL
SELECT
    routine.oid::regprocedure::text,
    routine.oid::bigint,
    hashtextextended(pg_get_functiondef(routine.oid), 0),
    0
FROM pg_catalog.pg_proc AS routine
WHERE routine.pronamespace = to_regnamespace('{source}') AND routine.prokind IN ('f', 'p')

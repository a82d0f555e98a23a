-- Purpose: which columns of the moved tables a view or a parsed function from outside names.
-- Parameters: schema (text), names (text[], the moved relations).
-- Columns: kind (view, function), place (text, the view as SQL names it), routine (oid of a function),
-- object (text, the moved relation), part (text, its column; empty for the whole row).
SELECT DISTINCT
    CASE WHEN routine.oid IS NULL THEN 'view' ELSE 'function' END AS kind,
    CASE WHEN held.oid IS NULL THEN '' ELSE format('%%I.%%I', home.nspname, held.relname) END AS place,
    routine.oid AS routine,
    moved.relname::text AS object,
    coalesce(part.attname::text, '') AS part
FROM pg_catalog.pg_depend AS used
INNER JOIN pg_catalog.pg_class AS moved ON used.refobjid = moved.oid
LEFT JOIN pg_catalog.pg_attribute AS part
    ON moved.oid = part.attrelid AND used.refobjsubid = part.attnum AND part.attnum > 0
LEFT JOIN pg_catalog.pg_rewrite AS rule
    ON used.classid = 'pg_catalog.pg_rewrite'::regclass AND used.objid = rule.oid
LEFT JOIN pg_catalog.pg_class AS held ON rule.ev_class = held.oid
LEFT JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
LEFT JOIN pg_catalog.pg_proc AS routine
    ON used.classid = 'pg_catalog.pg_proc'::regclass AND used.objid = routine.oid
WHERE
    used.refclassid = 'pg_catalog.pg_class'::regclass
    AND moved.relnamespace = to_regnamespace(%(schema)s)
    AND moved.relname = ANY(%(names)s::text[])
    AND coalesce(held.oid, routine.oid) IS NOT NULL
ORDER BY kind, place, routine, object, part

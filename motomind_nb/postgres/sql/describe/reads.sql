-- Purpose: the relations that each view of one schema reads.
-- Parameters: schema (text).
-- Columns: object (the view), name (of the relation it reads), inside (it is in the same schema).
SELECT DISTINCT
    v.relname::text AS object,
    CASE WHEN r.relnamespace = v.relnamespace THEN '' ELSE n.nspname || '.' END || r.relname AS name,
    r.relnamespace = v.relnamespace AS inside
FROM pg_catalog.pg_class AS v
INNER JOIN pg_catalog.pg_rewrite AS w ON v.oid = w.ev_class
INNER JOIN pg_catalog.pg_depend AS d
    ON
        w.oid = d.objid
        AND d.classid = 'pg_catalog.pg_rewrite'::regclass
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.refobjid <> v.oid
INNER JOIN pg_catalog.pg_class AS r ON d.refobjid = r.oid
INNER JOIN pg_catalog.pg_namespace AS n ON r.relnamespace = n.oid
WHERE
    v.relnamespace = (SELECT x.oid FROM pg_catalog.pg_namespace AS x WHERE x.nspname = %(schema)s)
    AND v.relkind IN ('v', 'm')
ORDER BY 1, 2

-- Purpose: the relations of one schema and whether this role may read all their rows. Members of
-- an extension, the partitions of a table and the sequences of a column are left out.
-- Parameters: schema (text).
-- Columns: name, kind (text), readable, filtered (by row level security), populated (boolean),
-- pages (of 8 kB, as last counted), estimate (rows, as last counted).
SELECT
    c.relname::text AS name,
    CASE c.relkind
        WHEN 'r' THEN 'table'
        WHEN 'p' THEN 'partitioned table'
        WHEN 'v' THEN 'view'
        WHEN 'm' THEN 'materialized view'
        WHEN 'f' THEN 'foreign table'
        ELSE 'sequence'
    END AS kind,
    has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
    row_security_active(c.oid) AS filtered,
    c.relispopulated AS populated,
    greatest(c.relpages, 0) AS pages,
    greatest(c.reltuples, 0)::bigint AS estimate
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    n.nspname = %(schema)s
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND NOT c.relispartition
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE
            d.classid = 'pg_catalog.pg_class'::regclass
            AND d.objid = c.oid
            AND (d.deptype = 'e' OR (c.relkind = 'S' AND d.deptype IN ('a', 'i')))
    )
ORDER BY c.relname

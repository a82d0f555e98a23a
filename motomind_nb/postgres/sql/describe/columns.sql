-- Purpose: the columns of the relations of one schema, in order.
-- Parameters: schema (text).
-- Columns: object, name, type (as the server writes it, with its collation where that is not the
-- type's own), nullable (boolean), default (text or NULL; none for a generated column).
SELECT
    c.relname::text AS object,
    a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod)
    || CASE
        WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
            THEN ' COLLATE ' || a.attcollation::regcollation::text
        ELSE ''
    END AS type,
    NOT a.attnotnull AS nullable,
    CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default"
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
INNER JOIN pg_catalog.pg_type AS t ON a.atttypid = t.oid
LEFT JOIN pg_catalog.pg_attrdef AS d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY c.relname, a.attnum

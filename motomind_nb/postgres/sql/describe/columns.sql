-- Purpose: the columns of the relations of one schema, in order.
-- Parameters: schema (text). Identifiers: carried (the query of that name).
-- Columns: object, name, type (as the server writes it, with its collation where that is not the
-- type's own), nullable (boolean; true where NOT NULL was not checked on all rows), default (text or
-- NULL; none for a generated column), carrier (the built-in type of its values, '' where there is none
-- or a collation takes different texts for equal), modifier (integer: length or scale, -1 without).
SELECT
    c.relname::text AS object,
    a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod)
    || CASE
        WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
            THEN ' COLLATE ' || a.attcollation::regcollation::text
        ELSE ''
    END AS type,
    NOT a.attnotnull OR EXISTS (
        SELECT FROM pg_catalog.pg_constraint AS k
        WHERE
            k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated
            AND k.conkey = ARRAY[a.attnum]
    ) AS nullable,
    CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
    CASE WHEN coalesce(o.collisdeterministic, TRUE) THEN carried.carrier ELSE '' END AS carrier,
    CASE WHEN t.typtype = 'd' THEN carried.modifier ELSE a.atttypmod END AS modifier
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
INNER JOIN pg_catalog.pg_type AS t ON a.atttypid = t.oid
INNER JOIN ({carried}) AS carried ON a.atttypid = carried.type
LEFT JOIN pg_catalog.pg_collation AS o ON a.attcollation = o.oid
LEFT JOIN pg_catalog.pg_attrdef AS d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY c.relname, a.attnum

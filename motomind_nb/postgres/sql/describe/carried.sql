-- Purpose: the built-in type that can carry the values of each type: a domain's is that of its base.
-- Columns: type (oid), carrier (name of a type of pg_catalog, '' for any other type), modifier (the
-- length or scale that a domain brings, -1 without).
WITH RECURSIVE chain AS (
    SELECT
        t.oid AS type,
        t.oid AS base,
        -1 AS modifier
    FROM pg_catalog.pg_type AS t
    UNION ALL
    SELECT
        c.type,
        d.typbasetype,
        CASE WHEN c.modifier = -1 THEN d.typtypmod ELSE c.modifier END
    FROM chain AS c
    INNER JOIN pg_catalog.pg_type AS d ON c.base = d.oid AND d.typtype = 'd'
)

SELECT
    c.type,
    CASE WHEN b.typnamespace = 'pg_catalog'::regnamespace THEN b.typname::text ELSE '' END AS carrier,
    c.modifier
FROM chain AS c
INNER JOIN pg_catalog.pg_type AS b ON c.base = b.oid AND b.typtype <> 'd'

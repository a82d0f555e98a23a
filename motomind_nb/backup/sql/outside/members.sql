-- Purpose: what the migration moves: the legacy relations of one schema, their row and array types,
-- the sequences that their columns own, and the legacy functions.
-- Parameters: schema (text), relations (their names), functions (signatures, as in the catalog).
-- Columns: class (oid of the system catalog), id (oid), name (text, without the schema; of a type the
-- name of its relation), word (text, how a text names it).
WITH legacy AS (
    SELECT
        c.oid,
        c.relname::text AS name,
        c.reltype,
        t.typarray
    FROM pg_catalog.pg_class AS c
    INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
    LEFT JOIN pg_catalog.pg_type AS t ON c.reltype = t.oid
    WHERE n.nspname = %(schema)s AND c.relname = ANY(%(relations)s)
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
)

SELECT 'pg_catalog.pg_class'::regclass::oid AS class, r.oid AS id, r.name, r.name AS word
FROM legacy AS r
UNION ALL
SELECT 'pg_catalog.pg_type'::regclass::oid, t.id, r.name, r.name
FROM legacy AS r
CROSS JOIN LATERAL unnest(ARRAY[r.reltype, r.typarray]) AS t (id)
UNION ALL
SELECT 'pg_catalog.pg_class'::regclass::oid, s.oid, s.relname::text, s.relname::text
FROM legacy AS r
INNER JOIN pg_catalog.pg_depend AS d
    ON r.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_class'::regclass
INNER JOIN pg_catalog.pg_class AS s
    ON d.objid = s.oid AND d.classid = 'pg_catalog.pg_class'::regclass
WHERE s.relkind = 'S' AND d.deptype IN ('a', 'i')
UNION ALL
SELECT 'pg_catalog.pg_proc'::regclass::oid, p.oid, f.signature, p.proname::text
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
CROSS JOIN LATERAL (
    SELECT p.proname || '(' || coalesce(string_agg(a.type::regtype::text, ',' ORDER BY a.place), '')
        || ')' AS signature
    FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (type, place)
) AS f
WHERE n.nspname = %(schema)s AND f.signature = ANY(%(functions)s)
ORDER BY 3, 1, 2

-- Types that are no row of a relation: enumerations, domains, ranges and base types.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    'type ' || t.typname AS object,
    'type' AS kind,
    '' AS name,
    concat_ws(
        ' ',
        CASE t.typtype
            WHEN 'd' THEN 'domain over ' || format_type(t.typbasetype, t.typtypmod)
            WHEN 'r' THEN 'range of ' || (
                SELECT format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range AS r
                WHERE r.rngtypid = t.oid
            )
            WHEN 'e' THEN 'enum ' || (
                SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                FROM pg_catalog.pg_enum AS e
                WHERE e.enumtypid = t.oid
            )
            ELSE 'base type read by ' || t.typinput || ', written by ' || t.typoutput
        END,
        CASE WHEN t.typnotnull THEN 'NOT NULL' END,
        'DEFAULT ' || t.typdefault
    ) AS text
FROM pg_catalog.pg_type AS t
INNER JOIN pg_catalog.pg_namespace AS n ON t.typnamespace = n.oid
WHERE
    n.nspname IN ('{target}', 'private', 'audit', '{source}')
    AND t.typtype IN ('d', 'r', 'e', 'b')
    AND NOT (t.typtype = 'b' AND t.typcategory = 'A')
ORDER BY 1, 2

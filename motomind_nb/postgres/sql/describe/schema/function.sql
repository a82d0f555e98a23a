-- Purpose: the functions of one schema. The text begins after "FUNCTION schema." (or PROCEDURE), so
-- that it does not name the schema; "needed function" marks one that a rule, default, index or view
-- calls. Members of an extension and aggregates are left out.
-- Parameters: schema (text). Columns: kind, name, text.
SELECT
    CASE
        WHEN p.prokind = 'p' THEN 'procedure'
        WHEN EXISTS (
            SELECT FROM pg_catalog.pg_depend AS d
            WHERE
                d.refclassid = 'pg_catalog.pg_proc'::regclass
                AND d.refobjid = p.oid
                AND d.classid IN (
                    'pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_constraint'::regclass,
                    'pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_class'::regclass
                )
        ) THEN 'needed function'
        ELSE 'function'
    END AS kind,
    p.oid::regprocedure::text AS name,
    substr(
        pg_get_functiondef(p.oid),
        length('CREATE OR REPLACE ')
        + CASE p.prokind WHEN 'p' THEN length('PROCEDURE ') ELSE length('FUNCTION ') END
        + length(quote_ident(n.nspname)) + 2
    ) AS text
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
WHERE
    n.nspname = %(schema)s
    AND p.prokind IN ('f', 'p', 'w')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE
            d.classid = 'pg_catalog.pg_proc'::regclass
            AND d.objid = p.oid
            AND d.deptype = 'e'
    )
ORDER BY 2

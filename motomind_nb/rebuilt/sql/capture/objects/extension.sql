-- Objects that belong to an extension or go with it: a dump leaves out those that belong to one, and
-- whoever drops the extension drops them. Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    CASE WHEN d.classid = 'pg_catalog.pg_namespace'::regclass THEN '' ELSE held.object END AS object,
    'extension' AS kind,
    e.extname::text AS name,
    CASE d.deptype WHEN 'e' THEN 'belongs to it' ELSE 'goes with it' END AS text
FROM pg_catalog.pg_depend AS d
INNER JOIN pg_catalog.pg_extension AS e
    ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid
LEFT JOIN pg_catalog.pg_class AS c ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
LEFT JOIN pg_catalog.pg_proc AS p ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
LEFT JOIN pg_catalog.pg_type AS t ON d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid
LEFT JOIN pg_catalog.pg_trigger AS g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND d.objid = g.oid
LEFT JOIN pg_catalog.pg_class AS of_trigger ON g.tgrelid = of_trigger.oid
INNER JOIN pg_catalog.pg_namespace AS n
    ON n.oid = coalesce(
        c.relnamespace, p.pronamespace, t.typnamespace, of_trigger.relnamespace,
        CASE WHEN d.classid = 'pg_catalog.pg_namespace'::regclass THEN d.objid END
    )
CROSS JOIN LATERAL (
    SELECT
        coalesce(
            c.relname::text,
            p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
            'type ' || t.typname,
            of_trigger.relname::text
        ) AS object
) AS held
WHERE
    n.nspname IN ('{target}', 'private', 'audit', '{source}')
    AND d.deptype IN ('e', 'x')
    AND c.relkind IS DISTINCT FROM 'i'
ORDER BY 1, 2, 4

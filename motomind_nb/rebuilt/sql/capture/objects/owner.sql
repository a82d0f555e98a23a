-- Owners of relations, functions, types and schemas. Who owns schema {target} is not ours to say.
-- Parameters: none. Columns: schema, object, kind, name, text (the role).
SELECT
    n.nspname::text AS schema,
    owned.object,
    'owner' AS kind,
    '' AS name,
    r.rolname::text AS text
FROM (
    SELECT
        c.relnamespace AS home,
        c.relname::text AS object,
        c.relowner AS owner
    FROM pg_catalog.pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
    UNION ALL
    SELECT
        p.pronamespace,
        p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
        p.proowner
    FROM pg_catalog.pg_proc AS p
    WHERE p.pronamespace <> 'pg_catalog'::regnamespace
    UNION ALL
    SELECT
        t.typnamespace,
        'type ' || t.typname,
        t.typowner
    FROM pg_catalog.pg_type AS t
    WHERE t.typtype IN ('d', 'r', 'e', 'b') AND NOT (t.typtype = 'b' AND t.typcategory = 'A')
    UNION ALL
    SELECT
        s.oid,
        '',
        s.nspowner
    FROM pg_catalog.pg_namespace AS s
    WHERE s.nspname <> '{target}'
) AS owned
INNER JOIN pg_catalog.pg_namespace AS n ON owned.home = n.oid
INNER JOIN pg_catalog.pg_roles AS r ON owned.owner = r.oid
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2

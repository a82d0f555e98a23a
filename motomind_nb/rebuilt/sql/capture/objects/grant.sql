-- Rights of all roles but the owner on relations, columns, functions, types and schemas, those
-- included that the server gives to PUBLIC unasked; of the owner only what was taken away.
-- Parameters: none. Columns: schema, object, kind, name (the role), text (the rights).
WITH held AS (
    SELECT
        c.relnamespace AS home,
        c.relname::text AS object,
        '' AS part,
        c.relowner AS owner,
        acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual,
        c.relacl AS acl
    FROM pg_catalog.pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT
        c.relnamespace,
        c.relname::text,
        a.attname::text,
        c.relowner,
        NULL::aclitem[],
        a.attacl
    FROM pg_catalog.pg_attribute AS a
    INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT
        p.pronamespace,
        p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
        '',
        p.proowner,
        acldefault('f', p.proowner),
        p.proacl
    FROM pg_catalog.pg_proc AS p
    WHERE p.pronamespace <> 'pg_catalog'::regnamespace
    UNION ALL
    SELECT
        t.typnamespace,
        'type ' || t.typname,
        '',
        t.typowner,
        acldefault('T', t.typowner),
        t.typacl
    FROM pg_catalog.pg_type AS t
    WHERE t.typtype IN ('d', 'r', 'e', 'b') AND NOT (t.typtype = 'b' AND t.typcategory = 'A')
    UNION ALL
    SELECT
        s.oid,
        '',
        '',
        s.nspowner,
        acldefault('n', s.nspowner),
        s.nspacl
    FROM pg_catalog.pg_namespace AS s
    WHERE s.nspname <> '{target}'
),

ours AS (
    SELECT
        n.nspname::text AS schema,
        held.object,
        held.part,
        held.owner,
        held.usual,
        coalesce(held.acl, held.usual) AS acl
    FROM held
    INNER JOIN pg_catalog.pg_namespace AS n ON held.home = n.oid
    WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
)

SELECT
    ours.schema,
    ours.object,
    CASE WHEN ours.part = '' THEN 'grant' ELSE 'column grant' END AS kind,
    coalesce(r.rolname, 'PUBLIC') || CASE WHEN ours.part = '' THEN '' ELSE ' on ' || ours.part END AS name,
    string_agg(
        DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
    ) AS text
FROM ours
CROSS JOIN aclexplode(ours.acl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE x.grantee <> ours.owner
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT
    ours.schema,
    ours.object,
    'taken from the owner',
    '',
    string_agg(lacking.privilege_type, ', ' ORDER BY lacking.privilege_type)
FROM ours
CROSS JOIN LATERAL (
    SELECT u.privilege_type FROM aclexplode(ours.usual) AS u
    WHERE u.grantee = ours.owner
    EXCEPT
    SELECT x.privilege_type FROM aclexplode(ours.acl) AS x
    WHERE x.grantee = ours.owner
) AS lacking
GROUP BY 1, 2
ORDER BY 1, 2, 3, 4

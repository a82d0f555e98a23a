-- Owner and rights of the database and of schema {target}, in which the tables lie.
-- Parameters: none. Columns: object, kind, name (the role), text.
WITH home AS (
    SELECT
        'database' AS object,
        d.datdba AS owner,
        coalesce(d.datacl, acldefault('d', d.datdba)) AS acl
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = current_database()
    UNION ALL
    SELECT
        'schema ' || n.nspname,
        n.nspowner,
        coalesce(n.nspacl, acldefault('n', n.nspowner))
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = '{target}'
)

SELECT
    home.object,
    'owner' AS kind,
    '' AS name,
    r.rolname::text AS text
FROM home
INNER JOIN pg_catalog.pg_roles AS r ON home.owner = r.oid
UNION ALL
SELECT
    home.object,
    'grant',
    coalesce(r.rolname, 'PUBLIC'),
    string_agg(
        DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
    )
FROM home
CROSS JOIN aclexplode(home.acl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE x.grantee <> home.owner AND r.rolsuper IS NOT TRUE -- a superuser needs no right
GROUP BY 1, 3
ORDER BY 1, 2, 3;

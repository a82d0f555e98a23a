-- Purpose: the rights on one schema, on its functions, and those that new objects in it get.
-- Parameters: schema (text). Columns: kind, name, text.
SELECT
    'schema grant' AS kind,
    coalesce(r.rolname::text, 'PUBLIC') AS name,
    string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type) AS text
FROM pg_catalog.pg_namespace AS n
CROSS JOIN aclexplode(n.nspacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE
    n.nspname = %(schema)s AND x.grantee <> n.nspowner
    -- a superuser needs no right, and who owns relations there is as good as the owner
    AND r.rolsuper IS NOT TRUE
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = n.oid AND c.relowner = x.grantee
    )
GROUP BY 2
UNION ALL
SELECT
    'function grant',
    coalesce(r.rolname::text, 'PUBLIC') || ' on ' || p.oid::regprocedure::text,
    string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type)
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
CROSS JOIN aclexplode(p.proacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE n.nspname = %(schema)s AND x.grantee <> p.proowner
GROUP BY 2
UNION ALL
SELECT
    'default privilege',
    concat_ws(
        ' ', coalesce(r.rolname::text, 'PUBLIC'), 'on',
        CASE a.defaclobjtype
            WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' ELSE 'types'
        END,
        'of', a.defaclrole::regrole::text
    ),
    string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type)
FROM pg_catalog.pg_default_acl AS a
INNER JOIN pg_catalog.pg_namespace AS n ON a.defaclnamespace = n.oid
CROSS JOIN aclexplode(a.defaclacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE n.nspname = %(schema)s
GROUP BY 2
ORDER BY 1, 2

-- Purpose: the rights on one schema's relations and on single columns, one row for each role but
-- the owner, whose own rights are no grant.
-- Parameters: schema (text). Columns: object, kind, name (the role), text (the rights).
SELECT
    c.relname::text AS object,
    'grant' AS kind,
    coalesce(r.rolname::text, 'PUBLIC') AS name,
    string_agg(
        x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
        ', ' ORDER BY x.privilege_type
    ) AS text
FROM pg_catalog.pg_class AS c
CROSS JOIN aclexplode(c.relacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND x.grantee <> c.relowner
GROUP BY 1, 3
UNION ALL
SELECT
    c.relname::text,
    'column grant',
    coalesce(r.rolname::text, 'PUBLIC') || ' on ' || a.attname,
    string_agg(
        x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
        ', ' ORDER BY x.privilege_type
    )
FROM pg_catalog.pg_attribute AS a
INNER JOIN pg_catalog.pg_class AS c ON a.attrelid = c.oid
CROSS JOIN aclexplode(a.attacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND x.grantee <> c.relowner
GROUP BY 1, 3
ORDER BY 1, 2, 3

-- Who may change settings of the server that only a superuser may: with session_replication_role
-- triggers and foreign keys are off. Parameters: none. Columns: object, kind, name (the role), text.
SELECT
    'server setting ' || p.parname AS object,
    'grant' AS kind,
    coalesce(r.rolname, 'PUBLIC')::text AS name,
    string_agg(
        DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
    ) AS text
FROM pg_catalog.pg_parameter_acl AS p
CROSS JOIN aclexplode(p.paracl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE r.rolsuper IS NOT TRUE -- a superuser needs no right
GROUP BY 1, 3
ORDER BY 1, 3;

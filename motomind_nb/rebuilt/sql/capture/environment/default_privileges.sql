-- Default privileges: what whoever creates something here gives away with it, and where PUBLIC does not get
-- what it gets unasked.
-- Parameters: none. Columns: object, kind, name (who gets it), text.
SELECT
    'default privileges of ' || o.rolname
    || CASE WHEN d.defaclnamespace = 0 THEN '' ELSE ' in ' || d.defaclnamespace::regnamespace END AS object,
    CASE d.defaclobjtype
        WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
        WHEN 'n' THEN 'schemas' ELSE 'large objects'
    END AS kind,
    coalesce(r.rolname, 'PUBLIC')::text AS name,
    string_agg(
        x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
        ', ' ORDER BY x.privilege_type
    ) AS text
FROM pg_catalog.pg_default_acl AS d
INNER JOIN pg_catalog.pg_roles AS o ON d.defaclrole = o.oid
CROSS JOIN aclexplode(d.defaclacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
WHERE
    x.grantee <> d.defaclrole
    AND (
        d.defaclnamespace = 0
        OR d.defaclnamespace IN (
            to_regnamespace('{target}'), to_regnamespace('private'), to_regnamespace('audit'),
            to_regnamespace('{source}')
        )
    )
GROUP BY 1, 2, 3
UNION ALL
SELECT
    'default privileges of ' || o.rolname,
    CASE d.defaclobjtype WHEN 'f' THEN 'functions' ELSE 'types' END,
    'taken from PUBLIC',
    ''
FROM pg_catalog.pg_default_acl AS d
INNER JOIN pg_catalog.pg_roles AS o ON d.defaclrole = o.oid
WHERE
    d.defaclnamespace = 0
    AND d.defaclobjtype IN ('f', 'T') -- to these PUBLIC has a right unasked
    AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) AS x WHERE x.grantee = 0)
ORDER BY 1, 2, 3;

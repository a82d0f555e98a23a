-- Roles that can do more than be there: those of the API with all attributes, others as far as they
-- have one that opens something; and who is a member of whom. On our own embedded server the role that
-- a backup makes for as long as it reads views is left out.
-- Parameters: roles (text array, those of the API).
-- Columns: object, kind, name, text.
SELECT
    'role ' || r.rolname AS object,
    'attributes' AS kind,
    '' AS name,
    concat_ws(
        ' ',
        CASE WHEN r.rolsuper THEN 'superuser' END,
        CASE WHEN r.rolbypassrls THEN 'bypassrls' END,
        CASE WHEN r.rolcreaterole THEN 'createrole' END,
        CASE WHEN r.rolcreatedb THEN 'createdb' END,
        CASE WHEN r.rolreplication THEN 'replication' END,
        CASE WHEN r.rolname = ANY(%(roles)s) AND r.rolcanlogin THEN 'login' END,
        CASE WHEN r.rolname = ANY(%(roles)s) AND NOT r.rolinherit THEN 'noinherit' END
    ) AS text
FROM pg_catalog.pg_roles AS r
WHERE
    r.rolname !~ '^pg_'
    AND NOT (current_setting('cluster_name') = 'motomind embedded server' AND r.rolname ~ '^motomind_reader_[0-9a-f]+$')
    AND (
        r.rolname = ANY(%(roles)s)
        OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
    )
UNION ALL
SELECT
    'role ' || r.rolname,
    'member of',
    g.rolname::text,
    string_agg(
        DISTINCT concat_ws(
            ', ', 'member', CASE WHEN m.admin_option THEN 'admin' END,
            CASE to_jsonb(m) ->> 'inherit_option' WHEN 'false' THEN 'no inherit' END,
            CASE to_jsonb(m) ->> 'set_option' WHEN 'false' THEN 'no set' END
        ), '; '
    )
FROM pg_catalog.pg_auth_members AS m
INNER JOIN pg_catalog.pg_roles AS r ON m.member = r.oid
INNER JOIN pg_catalog.pg_roles AS g ON m.roleid = g.oid
WHERE
    r.rolname !~ '^pg_'
    AND NOT (current_setting('cluster_name') = 'motomind embedded server' AND r.rolname ~ '^motomind_reader_[0-9a-f]+$')
GROUP BY 1, 3
ORDER BY 1, 2, 3;

-- Settings that a session here begins with: of roles, of this database, or of a role in it.
-- Parameters: none. Columns: object, kind, name (the setting), text (its value).
SELECT
    coalesce('role ' || r.rolname, 'every role') AS object,
    CASE WHEN s.setdatabase = 0 THEN 'setting' ELSE 'setting in this database' END AS kind,
    split_part(c.setting, '=', 1) AS name,
    substr(c.setting, strpos(c.setting, '=') + 1) AS text
FROM pg_catalog.pg_db_role_setting AS s
LEFT JOIN pg_catalog.pg_roles AS r ON s.setrole = r.oid
CROSS JOIN unnest(s.setconfig) AS c (setting)
WHERE
    s.setdatabase = 0
    OR s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
ORDER BY 1, 2, 3;

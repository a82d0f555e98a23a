-- Roles of the API that the server lacks. Parameters: none. Columns: role (text).
SELECT wanted.role
FROM unnest(ARRAY['anon', 'authenticated', 'service_role']) AS wanted (role)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS role WHERE role.rolname = wanted.role)
ORDER BY wanted.role;

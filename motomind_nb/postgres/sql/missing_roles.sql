-- Purpose: the roles that a target lacks. Parameters: roles (text[]). Columns: role (text).
SELECT wanted.role
FROM unnest(%(roles)s::text[]) AS wanted (role)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = wanted.role)
ORDER BY wanted.role

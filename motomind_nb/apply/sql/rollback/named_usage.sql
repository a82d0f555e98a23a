-- Purpose: the roles of the API to which USAGE on the target's schema is granted by name.
-- Parameters: schema (text), roles (text[]). Columns: role.
SELECT DISTINCT pg_get_userbyid(given.grantee)::text AS role
FROM pg_catalog.pg_namespace AS held
CROSS JOIN LATERAL aclexplode(held.nspacl) AS given
WHERE
    held.nspname = %(schema)s
    AND given.privilege_type = 'USAGE'
    AND pg_get_userbyid(given.grantee) = ANY(%(roles)s::text[])
ORDER BY role

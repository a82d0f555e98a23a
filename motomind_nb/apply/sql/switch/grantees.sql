-- Purpose: the roles but the owner that hold a right on a schema. Parameters: schema. Columns: role.
SELECT DISTINCT pg_get_userbyid(given.grantee)::text AS role
FROM pg_catalog.pg_namespace AS held
CROSS JOIN LATERAL aclexplode(held.nspacl) AS given
WHERE held.nspname = %(schema)s AND given.grantee NOT IN (0, held.nspowner)
ORDER BY role

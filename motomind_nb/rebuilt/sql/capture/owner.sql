-- The role that owns the rebuilt schema: the owner of most relations of schema private.
-- Parameters: none. Columns: owner (text); no row without such a schema.
SELECT r.rolname::text AS owner
FROM (
    SELECT mode() WITHIN GROUP (ORDER BY c.relowner) AS oid
    FROM pg_catalog.pg_class AS c
    INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
    WHERE n.nspname = 'private'
) AS most
INNER JOIN pg_catalog.pg_roles AS r ON most.oid = r.oid;

-- Rights on our schemas, relations, columns and functions that a role of the API may hand
-- on to others. Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    held.subject || ' ' || given.grantee::regrole AS subject,
    'a right for itself only' AS expected,
    given.privilege_type || ' with grant option' AS found,
    'it can be given to any other role' AS detail
FROM (
    SELECT 'schema ' || schema.nspname AS subject, schema.nspowner AS owner, schema.nspacl AS acl
    FROM pg_catalog.pg_namespace AS schema
    WHERE schema.nspname IN ('{target}', 'private', 'audit')
    UNION ALL
    SELECT class.oid::regclass::text, class.relowner, class.relacl
    FROM pg_catalog.pg_class AS class
    WHERE class.relnamespace IN ('{target}'::regnamespace, to_regnamespace('private'), to_regnamespace('audit'))
    UNION ALL
    SELECT class.oid::regclass || '.' || attribute.attname, class.relowner, attribute.attacl
    FROM pg_catalog.pg_attribute AS attribute
    INNER JOIN pg_catalog.pg_class AS class ON attribute.attrelid = class.oid
    WHERE class.relnamespace IN ('{target}'::regnamespace, to_regnamespace('private'), to_regnamespace('audit'))
    UNION ALL
    SELECT routine.oid::regprocedure::text, routine.proowner, routine.proacl
    FROM pg_catalog.pg_proc AS routine
    WHERE routine.pronamespace IN (to_regnamespace('private'), to_regnamespace('audit'))
) AS held
CROSS JOIN LATERAL pg_catalog.aclexplode(held.acl) AS given
WHERE
    given.is_grantable AND given.grantee <> held.owner
    AND given.grantee = ANY(ARRAY[
        to_regrole('anon'), to_regrole('authenticated'), to_regrole('service_role')
    ]::oid[])
ORDER BY subject, found;

-- Purpose: take back what default privileges gave to anybody but the owner on the staged copy.
DO $close$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT
            rights.subject,
            CASE rights.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(rights.grantee)) END
            AS holder
        FROM (
            SELECT 'TABLE ' || class.oid::regclass AS subject, class.relowner AS owner, given.grantee
            FROM pg_catalog.pg_class AS class
            CROSS JOIN LATERAL pg_catalog.aclexplode(class.relacl) AS given
            WHERE class.relnamespace = to_regnamespace('{source}')
            UNION
            SELECT 'ROUTINE ' || routine.oid::regprocedure, routine.proowner, given.grantee
            FROM pg_catalog.pg_proc AS routine
            CROSS JOIN LATERAL pg_catalog.aclexplode(
                coalesce(routine.proacl, pg_catalog.acldefault('f', routine.proowner))
            ) AS given
            WHERE routine.pronamespace = to_regnamespace('{source}')
            UNION
            SELECT 'SCHEMA ' || quote_ident(schema.nspname), schema.nspowner, given.grantee
            FROM pg_catalog.pg_namespace AS schema
            CROSS JOIN LATERAL pg_catalog.aclexplode(schema.nspacl) AS given
            WHERE schema.nspname = '{source}'
        ) AS rights
        WHERE rights.grantee <> rights.owner
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s CASCADE', held.subject, held.holder);
    END LOOP;
END
$close$

-- Grants, given one by one: a project may hand every new table, sequence and function to any role by
-- default privileges, so what anybody but the owner holds is taken back first, whoever it is. anon
-- gets nothing but the name of the schema. Events are inserted and read, never updated, deleted or
-- truncated, by no role. rights.csv beside this file says the same, and a check compares both with
-- the live database.

DO $revoke$
DECLARE
    held record;
BEGIN
    PERFORM private.revoke_rights(class.oid)
    FROM pg_catalog.pg_class AS class
    WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND pg_has_role(class.relowner, 'USAGE')
        AND (
            class.relnamespace IN (to_regnamespace('private'), to_regnamespace('audit'))
            OR class.oid IN (SELECT bounds.partition FROM private.event_partition AS bounds)
            OR class.oid = ANY (ARRAY[
                '{target}.tenants', '{target}.users', '{target}.garages', '{target}.vehicles',
                '{target}.vehicle_images', '{target}.reminders', '{target}.vehicle_events',
                '{target}.vehicle_current_mileage', '{target}.timeline_feed'
            ]::regclass [])
        );
    FOR held IN
        SELECT
            rights.subject,
            CASE rights.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(rights.grantee)) END
            AS holder
        FROM (
            SELECT 'ROUTINE ' || routine.oid::regprocedure AS subject, routine.proowner AS owner, given.grantee
            FROM pg_catalog.pg_proc AS routine
            CROSS JOIN LATERAL pg_catalog.aclexplode(
                coalesce(routine.proacl, pg_catalog.acldefault('f', routine.proowner))
            ) AS given
            WHERE routine.pronamespace = to_regnamespace('private')
            UNION
            SELECT 'SCHEMA ' || schema.nspname, schema.nspowner, given.grantee
            FROM pg_catalog.pg_namespace AS schema
            CROSS JOIN LATERAL pg_catalog.aclexplode(schema.nspacl) AS given
            WHERE schema.nspname IN ('private', 'audit')
        ) AS rights
        WHERE rights.grantee <> rights.owner AND pg_has_role(rights.owner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s CASCADE', held.subject, held.holder);
    END LOOP;
END
$revoke$;

-- Where PUBLIC holds USAGE this adds nothing; where it was revoked, nothing else would give it. anon
-- can name the objects, and is refused at each.
GRANT USAGE ON SCHEMA {target} TO anon, authenticated, service_role;

GRANT SELECT, INSERT, UPDATE ON
{target}.tenants, {target}.users, {target}.garages, {target}.vehicles, {target}.vehicle_images,
{target}.reminders
TO authenticated, service_role;

GRANT SELECT, INSERT ON {target}.vehicle_events TO authenticated, service_role;

GRANT SELECT ON {target}.vehicle_current_mileage, {target}.timeline_feed
TO authenticated, service_role;

-- What those views and policies lead to. Without USAGE on the schema no role can name it.
GRANT SELECT ON private.visible_vehicle, private.reading, private.timeline_visible
TO authenticated, service_role;
GRANT EXECUTE ON FUNCTION private.current_tenant(), private.is_reading(text, integer, boolean)
TO authenticated, service_role;

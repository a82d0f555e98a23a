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
TO service_role;

GRANT SELECT ON
{target}.tenants, {target}.users, {target}.garages, {target}.vehicles, {target}.vehicle_images,
{target}.reminders, {target}.vehicle_events
TO authenticated;
GRANT INSERT, UPDATE ON {target}.users TO authenticated;
GRANT UPDATE ON
{target}.garages, {target}.vehicles, {target}.vehicle_images, {target}.reminders
TO authenticated;

-- Plan, subscription and what Stripe calls the tenant are not a member's to write.
GRANT
INSERT (id, name, kind, created_at, updated_at, deleted_at),
UPDATE (id, name, kind, created_at, updated_at, deleted_at)
ON {target}.tenants TO authenticated;

-- Without id: a user who may choose one learns from the refusal whether another tenant has it. The
-- id is that of the database; the service, which sees all tenants, may name one.
GRANT INSERT (
    tenant_id, name, address, lat, lng, timezone, meta, is_default,
    created_at, updated_at, deleted_at, created_by, updated_by, deleted_by
) ON {target}.garages TO authenticated;
GRANT INSERT (
    tenant_id, garage_id, nickname, make, model, vin, year, manufacturer_mpg,
    manufacturer_service_interval_miles, notes, enrichment, service_intervals, smart_defaults,
    hero_image_url, created_at, updated_at, deleted_at, created_by, updated_by, deleted_by
) ON {target}.vehicles TO authenticated;
GRANT INSERT (
    tenant_id, vehicle_id, storage_path, public_url, filename, image_type, is_primary,
    created_at, updated_at, deleted_at, created_by, updated_by, deleted_by
) ON {target}.vehicle_images TO authenticated;
GRANT INSERT (
    tenant_id, vehicle_id, title, description, category, priority, due_date, due_mileage, status,
    source, dedupe_key, created_at, updated_at, deleted_at, created_by, updated_by, deleted_by
) ON {target}.reminders TO authenticated;

-- Without legacy_row: only a load says what the legacy database held.
GRANT INSERT (
    tenant_id, vehicle_id, type, date, local_time, time_zone, zone_source, miles, payload,
    supersedes_id, supersedes_date, chain, disputed, created_at
) ON {target}.vehicle_events TO authenticated, service_role;
GRANT SELECT, INSERT (id) ON {target}.vehicle_events TO service_role;

GRANT SELECT ON {target}.vehicle_current_mileage, {target}.timeline_feed
TO authenticated, service_role;

-- What those views and policies lead to. Without USAGE on the schema no role can name it.
GRANT SELECT ON private.visible_vehicle, private.reading, private.timeline_visible
TO authenticated, service_role;
GRANT EXECUTE ON FUNCTION private.current_tenant(), private.is_reading(text, integer, boolean)
TO authenticated, service_role;

-- For policies of other schemas: a policy may call what its reader cannot name.
GRANT EXECUTE ON FUNCTION private.is_member(uuid) TO authenticated;

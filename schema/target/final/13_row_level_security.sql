-- Row level security on every table, with one policy for each right that is granted. Policies
-- name one function, hold no sub-select, and are closed when there is no tenant.

ALTER TABLE {target}.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.garages ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.vehicles ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.vehicle_images ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE {target}.vehicle_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE private.memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE private.event_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE private.vehicle_writer ENABLE ROW LEVEL SECURITY;
ALTER TABLE private.erasing ENABLE ROW LEVEL SECURITY;
ALTER TABLE private.job_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant_select ON {target}.tenants FOR SELECT TO authenticated
USING (id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.tenants FOR INSERT TO authenticated
WITH CHECK (id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.tenants FOR UPDATE TO authenticated
USING (id = private.current_tenant()) WITH CHECK (id = private.current_tenant());
CREATE POLICY service_select ON {target}.tenants FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.tenants FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.tenants FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.users FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.users FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.users FOR UPDATE TO authenticated
USING (tenant_id = private.current_tenant()) WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.users FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.users FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.users FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.garages FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.garages FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.garages FOR UPDATE TO authenticated
USING (tenant_id = private.current_tenant()) WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.garages FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.garages FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.garages FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.vehicles FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.vehicles FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.vehicles FOR UPDATE TO authenticated
USING (tenant_id = private.current_tenant()) WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.vehicles FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.vehicles FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.vehicles FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.vehicle_images FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.vehicle_images FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.vehicle_images FOR UPDATE TO authenticated
USING (tenant_id = private.current_tenant()) WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.vehicle_images FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.vehicle_images FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.vehicle_images FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.reminders FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.reminders FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY tenant_update ON {target}.reminders FOR UPDATE TO authenticated
USING (tenant_id = private.current_tenant()) WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.reminders FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.reminders FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY service_update ON {target}.reminders FOR UPDATE TO service_role
USING (true) WITH CHECK (true);

CREATE POLICY tenant_select ON {target}.vehicle_events FOR SELECT TO authenticated
USING (tenant_id = private.current_tenant());
CREATE POLICY tenant_insert ON {target}.vehicle_events FOR INSERT TO authenticated
WITH CHECK (tenant_id = private.current_tenant());
CREATE POLICY service_select ON {target}.vehicle_events FOR SELECT TO service_role USING (true);
CREATE POLICY service_insert ON {target}.vehicle_events FOR INSERT TO service_role
WITH CHECK (true);

-- Gives a partition of vehicle_events what it does not inherit: row level security, the same
-- policies, the guard for statements that name it directly, and no grants at all. Repeatable.
CREATE FUNCTION private.complete_partition(partition regclass)
RETURNS void
LANGUAGE plpgsql
SET search_path = ''
SET client_min_messages = warning
AS $complete_partition$
DECLARE
    policy record;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', partition);
    FOR policy IN
        SELECT wanted.polname, wanted.polcmd,
            (SELECT string_agg(quote_ident(role.rolname), ', ') FROM pg_catalog.pg_roles AS role
             WHERE role.oid = ANY (wanted.polroles)) AS roles,
            pg_catalog.pg_get_expr(coalesce(wanted.polqual, wanted.polwithcheck), wanted.polrelid) AS rule
        FROM pg_catalog.pg_policy AS wanted
        WHERE wanted.polrelid = '{target}.vehicle_events'::regclass
        ORDER BY wanted.polname
    LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON %s', policy.polname, partition);
        EXECUTE format('CREATE POLICY %I ON %s FOR %s TO %s %s (%s)',
            policy.polname, partition,
            CASE policy.polcmd WHEN 'r' THEN 'SELECT' ELSE 'INSERT' END, policy.roles,
            CASE policy.polcmd WHEN 'r' THEN 'USING' ELSE 'WITH CHECK' END, policy.rule);
    END LOOP;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER event_0_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_event_change()', partition);
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', partition);
    PERFORM private.revoke_rights(partition);
END
$complete_partition$;

-- What a partition lacks, one row for each fault; empty when all is well.
CREATE VIEW private.partition_fault WITH (security_invoker = true) AS
SELECT
    bounds.partition,
    'row level security is off' AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_class AS class ON bounds.partition = class.oid
WHERE NOT class.relrowsecurity
UNION ALL
SELECT
    bounds.partition,
    'policy ' || wanted.polname || ' is missing or differs' AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_policy AS wanted
    ON wanted.polrelid = '{target}.vehicle_events'::regclass
LEFT JOIN pg_catalog.pg_policy AS found
    ON
        bounds.partition = found.polrelid
        AND wanted.polname = found.polname
        AND wanted.polcmd = found.polcmd
        AND wanted.polroles = found.polroles
        AND pg_catalog.pg_get_expr(wanted.polqual, wanted.polrelid)
        IS NOT DISTINCT FROM pg_catalog.pg_get_expr(found.polqual, found.polrelid)
        AND pg_catalog.pg_get_expr(wanted.polwithcheck, wanted.polrelid)
        IS NOT DISTINCT FROM pg_catalog.pg_get_expr(found.polwithcheck, found.polrelid)
WHERE found.oid IS NULL
UNION ALL
SELECT
    bounds.partition,
    'policy ' || extra.polname || ' is not on vehicle_events' AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_policy AS extra ON bounds.partition = extra.polrelid
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_policy AS wanted
    WHERE
        wanted.polrelid = '{target}.vehicle_events'::regclass
        AND wanted.polname = extra.polname
)
UNION ALL
SELECT
    bounds.partition,
    'trigger ' || wanted.tgname || ' is missing or disabled' AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_trigger AS wanted
    ON wanted.tgrelid = '{target}.vehicle_events'::regclass AND NOT wanted.tgisinternal
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_trigger AS found
    WHERE
        found.tgrelid = bounds.partition
        AND found.tgname = wanted.tgname
        AND found.tgfoid = wanted.tgfoid
        AND found.tgtype = wanted.tgtype
        AND found.tgenabled IN ('O', 'A')
)
UNION ALL
SELECT
    bounds.partition,
    granted.privilege_type || ' is granted to ' || coalesce(role.rolname, 'PUBLIC') AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_class AS class ON bounds.partition = class.oid
CROSS JOIN LATERAL pg_catalog.aclexplode(class.relacl) AS granted
LEFT JOIN pg_catalog.pg_roles AS role ON granted.grantee = role.oid
WHERE granted.grantee <> class.relowner
UNION ALL
SELECT
    bounds.partition,
    'index ' || wanted.indexrelid::regclass || ' has no part here' AS fault
FROM private.event_partition AS bounds
INNER JOIN pg_catalog.pg_index AS wanted
    ON wanted.indrelid = '{target}.vehicle_events'::regclass
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_index AS found
    INNER JOIN pg_catalog.pg_inherits AS inherits
        ON found.indexrelid = inherits.inhrelid
    WHERE
        found.indrelid = bounds.partition
        AND inherits.inhparent = wanted.indexrelid
        AND found.indisvalid
);

-- The rebuilt tables distributed by tenant over the nodes of a Citus cluster: for psql, on the
-- coordinator, once, after the load and with writers stopped (schema/README.md says when and how).
-- Holes: target (schema of the rebuilt tables). Nothing is done without the extension citus.
-- Steps 1 and 2 are plain PostgreSQL; step 3 needs the extension.

DO $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'citus') THEN
        RAISE EXCEPTION 'distribution: expected the extension citus, found none: '
            'install it on all nodes and run this on the coordinator; one machine needs no distribution'
            USING ERRCODE = 'feature_not_supported';
    END IF;
END
$guard$;

-- Step 1: each unique key holds the tenant, because a shard sees only its own rows.

ALTER TABLE {target}.vehicles DROP CONSTRAINT vehicles_pkey, ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE {target}.garages DROP CONSTRAINT garages_pkey, ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE {target}.vehicle_images DROP CONSTRAINT vehicle_images_pkey, ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE {target}.reminders DROP CONSTRAINT reminders_pkey, ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE {target}.vehicle_events
DROP CONSTRAINT vehicle_events_pkey, ADD PRIMARY KEY (tenant_id, id, date);
ALTER TABLE private.event_source
DROP CONSTRAINT event_source_pkey, ADD PRIMARY KEY (tenant_id, source_table, source_id),
DROP CONSTRAINT event_source_event_key,
ADD CONSTRAINT event_source_event_key UNIQUE (tenant_id, event_id, event_date);

-- An e-mail and the id of a user are unique over all tenants. A table that every node has a copy of
-- keeps them: whoever adds a user, or changes an e-mail, writes here first.
CREATE TABLE private.user_registry (
    email text PRIMARY KEY,
    user_id uuid NOT NULL UNIQUE,
    tenant_id uuid NOT NULL,
    UNIQUE (email, tenant_id, user_id)
);
REVOKE ALL ON private.user_registry FROM PUBLIC;
GRANT INSERT, UPDATE, DELETE, SELECT ON private.user_registry TO service_role;
INSERT INTO private.user_registry (email, user_id, tenant_id)
SELECT
    member.email,
    member.id,
    member.tenant_id
FROM {target}.users AS member;

-- A membership may cross tenants, a foreign key between shards may not: it names the registry.
ALTER TABLE private.memberships DROP CONSTRAINT memberships_user_fkey;
ALTER TABLE private.memberships
ADD CONSTRAINT memberships_user_fkey FOREIGN KEY (user_id) REFERENCES private.user_registry (user_id);
ALTER TABLE {target}.users
DROP CONSTRAINT users_pkey, ADD PRIMARY KEY (tenant_id, id),
DROP CONSTRAINT users_email_key,
ADD CONSTRAINT users_registry_fkey FOREIGN KEY (email, tenant_id, id)
REFERENCES private.user_registry (email, tenant_id, user_id);

-- Step 2: a row without its tenant is refused. To fill the tenant in would be too late: the row has
-- been sent to a shard by then. The vehicle is looked for inside the tenant, as before.
CREATE OR REPLACE FUNCTION private.fill_tenant()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $fill_tenant$
BEGIN
    IF NEW.tenant_id IS NULL THEN
        RAISE EXCEPTION 'tenant_id is missing: on a distributed database each row names its tenant'
            USING ERRCODE = 'not_null_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM {target}.vehicles AS vehicle
        WHERE vehicle.tenant_id = NEW.tenant_id AND vehicle.id = NEW.vehicle_id
    ) THEN
        RAISE EXCEPTION 'Vehicle % is not known in this tenant: create it first, or check its id',
            coalesce(NEW.vehicle_id::text, 'NULL')
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END
$fill_tenant$;

-- Step 3: what others point at comes first. The settings end with the transaction.

SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
SELECT set_config('citus.multi_shard_modify_mode', 'sequential', true);
SELECT set_config('citus.propagate_set_commands', 'local', true);

SELECT create_reference_table('private.user_registry');
SELECT create_distributed_table('{target}.tenants', 'id');
SELECT create_distributed_table('{target}.users', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('private.memberships', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('{target}.garages', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('{target}.vehicles', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('{target}.vehicle_images', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('{target}.reminders', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('{target}.vehicle_events', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('private.event_source', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('private.vehicle_writer', 'tenant_id', colocate_with => '{target}.tenants');
SELECT create_distributed_table('private.erasing', 'tenant_id', colocate_with => '{target}.tenants');

-- Indexes, built after the load: one for each foreign key, filtered ones over what is not
-- soft-deleted, and those that the mileage rule and the views read.

-- Live rows, as the screens list them. Of a name the first 200 characters: an entry of an index holds
-- 2,704 bytes (BTMaxItemSize in access/nbtree.h of PostgreSQL), a character has at most 4, and a longer
-- name must not stop a load.
CREATE INDEX tenants_live ON {target}.tenants (left(name, 200)) WHERE deleted_at IS NULL;
CREATE INDEX users_live ON {target}.users (tenant_id, left(name, 200)) WHERE deleted_at IS NULL;
CREATE INDEX garages_live ON {target}.garages (tenant_id, left(name, 200)) WHERE deleted_at IS NULL;
CREATE INDEX vehicles_live ON {target}.vehicles (tenant_id, left(nickname, 200))
WHERE deleted_at IS NULL;
CREATE INDEX vehicle_images_live ON {target}.vehicle_images (tenant_id, vehicle_id, is_primary)
WHERE deleted_at IS NULL;
CREATE INDEX reminders_live ON {target}.reminders (tenant_id, status, due_date)
WHERE deleted_at IS NULL;

-- One open reminder for each dedupe key of a tenant.
CREATE UNIQUE INDEX reminders_one_open ON {target}.reminders (tenant_id, dedupe_key)
WHERE status IN ('active', 'scheduled') AND deleted_at IS NULL;

-- Foreign keys.
CREATE INDEX vehicles_garage ON {target}.vehicles (tenant_id, garage_id);
CREATE INDEX vehicle_images_vehicle ON {target}.vehicle_images (tenant_id, vehicle_id);
CREATE INDEX reminders_vehicle ON {target}.reminders (tenant_id, vehicle_id);
CREATE INDEX memberships_user ON private.memberships (user_id);

-- Readings of a vehicle in the order of the mileage rule: the neighbours of a new one.
CREATE INDEX vehicle_events_reading
ON {target}.vehicle_events (tenant_id, vehicle_id, date, chain, miles)
WHERE private.is_reading(type, miles, disputed);

-- Events of a vehicle by date: the foreign key.
CREATE INDEX vehicle_events_vehicle ON {target}.vehicle_events (tenant_id, vehicle_id, date);
CREATE INDEX vehicle_events_superseded
ON {target}.vehicle_events (tenant_id, supersedes_id, supersedes_date)
WHERE supersedes_id IS NOT NULL;
CREATE INDEX vehicle_events_corrections ON {target}.vehicle_events (tenant_id, vehicle_id)
WHERE supersedes_id IS NOT NULL;

CREATE INDEX event_source_tenant ON private.event_source (tenant_id);
CREATE INDEX job_log_latest ON private.job_log (job, id);

-- Authors: empty while no author is known, so they cost nothing in the load.
CREATE INDEX users_created_by ON {target}.users (tenant_id, created_by)
WHERE created_by IS NOT NULL;
CREATE INDEX users_updated_by ON {target}.users (tenant_id, updated_by)
WHERE updated_by IS NOT NULL;
CREATE INDEX users_deleted_by ON {target}.users (tenant_id, deleted_by)
WHERE deleted_by IS NOT NULL;
CREATE INDEX garages_created_by ON {target}.garages (tenant_id, created_by)
WHERE created_by IS NOT NULL;
CREATE INDEX garages_updated_by ON {target}.garages (tenant_id, updated_by)
WHERE updated_by IS NOT NULL;
CREATE INDEX garages_deleted_by ON {target}.garages (tenant_id, deleted_by)
WHERE deleted_by IS NOT NULL;
CREATE INDEX vehicles_created_by ON {target}.vehicles (tenant_id, created_by)
WHERE created_by IS NOT NULL;
CREATE INDEX vehicles_updated_by ON {target}.vehicles (tenant_id, updated_by)
WHERE updated_by IS NOT NULL;
CREATE INDEX vehicles_deleted_by ON {target}.vehicles (tenant_id, deleted_by)
WHERE deleted_by IS NOT NULL;
CREATE INDEX vehicle_images_created_by ON {target}.vehicle_images (tenant_id, created_by)
WHERE created_by IS NOT NULL;
CREATE INDEX vehicle_images_updated_by ON {target}.vehicle_images (tenant_id, updated_by)
WHERE updated_by IS NOT NULL;
CREATE INDEX vehicle_images_deleted_by ON {target}.vehicle_images (tenant_id, deleted_by)
WHERE deleted_by IS NOT NULL;
CREATE INDEX reminders_created_by ON {target}.reminders (tenant_id, created_by)
WHERE created_by IS NOT NULL;
CREATE INDEX reminders_updated_by ON {target}.reminders (tenant_id, updated_by)
WHERE updated_by IS NOT NULL;
CREATE INDEX reminders_deleted_by ON {target}.reminders (tenant_id, deleted_by)
WHERE deleted_by IS NOT NULL;

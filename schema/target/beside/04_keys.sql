-- Primary, unique and foreign keys, added after the load. Every foreign key between tenants'
-- rows carries tenant_id, so that no row can point at another tenant's. None cascades.

ALTER TABLE {target}.tenants ADD PRIMARY KEY (id);
ALTER TABLE {target}.users ADD PRIMARY KEY (id);
ALTER TABLE {target}.garages ADD PRIMARY KEY (id);
ALTER TABLE {target}.vehicles ADD PRIMARY KEY (id);
ALTER TABLE {target}.vehicle_images ADD PRIMARY KEY (id);
ALTER TABLE {target}.reminders ADD PRIMARY KEY (id);
ALTER TABLE {target}.vehicle_events ADD PRIMARY KEY (id, date);
ALTER TABLE private.memberships ADD PRIMARY KEY (tenant_id, user_id);
ALTER TABLE private.event_source ADD PRIMARY KEY (source_table, source_id);
ALTER TABLE private.vehicle_writer ADD PRIMARY KEY (tenant_id, vehicle_id);
ALTER TABLE private.erasing ADD PRIMARY KEY (tenant_id);
ALTER TABLE private.job_log ADD PRIMARY KEY (id);

ALTER TABLE {target}.users ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE {target}.users ADD CONSTRAINT users_tenant_id_key UNIQUE (tenant_id, id);
ALTER TABLE {target}.garages ADD CONSTRAINT garages_tenant_id_key UNIQUE (tenant_id, id);
ALTER TABLE {target}.vehicles ADD CONSTRAINT vehicles_tenant_id_key UNIQUE (tenant_id, id);
ALTER TABLE {target}.vehicle_images ADD CONSTRAINT vehicle_images_tenant_id_key UNIQUE (tenant_id, id);
ALTER TABLE {target}.reminders ADD CONSTRAINT reminders_tenant_id_key UNIQUE (tenant_id, id);
ALTER TABLE private.event_source ADD CONSTRAINT event_source_event_key UNIQUE (event_id, event_date);

ALTER TABLE {target}.users ADD CONSTRAINT users_tenant_fkey
FOREIGN KEY (tenant_id) REFERENCES {target}.tenants (id);
ALTER TABLE {target}.garages ADD CONSTRAINT garages_tenant_fkey
FOREIGN KEY (tenant_id) REFERENCES {target}.tenants (id);
ALTER TABLE {target}.vehicles ADD CONSTRAINT vehicles_tenant_fkey
FOREIGN KEY (tenant_id) REFERENCES {target}.tenants (id);
ALTER TABLE {target}.vehicles ADD CONSTRAINT vehicles_garage_fkey
FOREIGN KEY (tenant_id, garage_id) REFERENCES {target}.garages (tenant_id, id);
ALTER TABLE {target}.vehicle_images ADD CONSTRAINT vehicle_images_vehicle_fkey
FOREIGN KEY (tenant_id, vehicle_id) REFERENCES {target}.vehicles (tenant_id, id);
ALTER TABLE {target}.reminders ADD CONSTRAINT reminders_vehicle_fkey
FOREIGN KEY (tenant_id, vehicle_id) REFERENCES {target}.vehicles (tenant_id, id);
ALTER TABLE {target}.vehicle_events ADD CONSTRAINT vehicle_events_vehicle_fkey
FOREIGN KEY (tenant_id, vehicle_id) REFERENCES {target}.vehicles (tenant_id, id);

-- A membership is the one link that crosses tenants: the user may be at home in another one.
ALTER TABLE private.memberships ADD CONSTRAINT memberships_tenant_fkey
FOREIGN KEY (tenant_id) REFERENCES {target}.tenants (id);
ALTER TABLE private.memberships ADD CONSTRAINT memberships_user_fkey
FOREIGN KEY (user_id) REFERENCES {target}.users (id);

-- Authors. Users are soft-deleted, so an author never has to be forgotten.
ALTER TABLE {target}.users
ADD CONSTRAINT users_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT users_updated_by_fkey
FOREIGN KEY (tenant_id, updated_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT users_deleted_by_fkey
FOREIGN KEY (tenant_id, deleted_by) REFERENCES {target}.users (tenant_id, id);
ALTER TABLE {target}.garages
ADD CONSTRAINT garages_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT garages_updated_by_fkey
FOREIGN KEY (tenant_id, updated_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT garages_deleted_by_fkey
FOREIGN KEY (tenant_id, deleted_by) REFERENCES {target}.users (tenant_id, id);
ALTER TABLE {target}.vehicles
ADD CONSTRAINT vehicles_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT vehicles_updated_by_fkey
FOREIGN KEY (tenant_id, updated_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT vehicles_deleted_by_fkey
FOREIGN KEY (tenant_id, deleted_by) REFERENCES {target}.users (tenant_id, id);
ALTER TABLE {target}.vehicle_images
ADD CONSTRAINT vehicle_images_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT vehicle_images_updated_by_fkey
FOREIGN KEY (tenant_id, updated_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT vehicle_images_deleted_by_fkey
FOREIGN KEY (tenant_id, deleted_by) REFERENCES {target}.users (tenant_id, id);
ALTER TABLE {target}.reminders
ADD CONSTRAINT reminders_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT reminders_updated_by_fkey
FOREIGN KEY (tenant_id, updated_by) REFERENCES {target}.users (tenant_id, id),
ADD CONSTRAINT reminders_deleted_by_fkey
FOREIGN KEY (tenant_id, deleted_by) REFERENCES {target}.users (tenant_id, id);

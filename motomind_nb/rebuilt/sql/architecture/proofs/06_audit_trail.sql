-- Who and when, filled by the database; people and things are soft-deleted. D9.

-- prove: D9: updated_at of a tenant after an UPDATE
-- original: 2020-01-01
UPDATE tenants SET name = 'Renamed' WHERE id = 'a0000000-0000-4000-8000-000000000001';
SELECT updated_at::date FROM tenants WHERE id = 'a0000000-0000-4000-8000-000000000001';

-- prove: D9: updated_at of a tenant after an UPDATE
-- rebuilt: true
UPDATE tenants SET name = 'Renamed' WHERE id = 'a0000000-0000-4000-8000-000000000001';
SELECT updated_at = now() FROM tenants WHERE id = 'a0000000-0000-4000-8000-000000000001';

-- prove: audit trail: who renamed the vehicle, when the client does not say
-- original: NULL
-- rebuilt: a0000000-0000-4000-8000-000000000002
SELECT set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000002", "app_metadata": {"tenant_id": "a0000000-0000-4000-8000-000000000001"}}', true);
UPDATE vehicles SET nickname = 'Van 1' WHERE id = 'a0000000-0000-4000-8000-000000000004';
SELECT updated_by FROM vehicles WHERE id = 'a0000000-0000-4000-8000-000000000004';

-- prove: audit trail: claims that name a user of another tenant
-- rebuilt: NULL
SELECT set_config('request.jwt.claims', '{"sub": "b0000000-0000-4000-8000-000000000002", "app_metadata": {"tenant_id": "a0000000-0000-4000-8000-000000000001"}}', true);
UPDATE vehicles SET nickname = 'Van 1' WHERE id = 'a0000000-0000-4000-8000-000000000004';
SELECT updated_by FROM vehicles WHERE id = 'a0000000-0000-4000-8000-000000000004';

-- prove: D9: a user who created something leaves
-- original: 23503
DELETE FROM users WHERE id = 'a0000000-0000-4000-8000-000000000002';

-- prove: D9: a user who created something leaves
-- rebuilt: UPDATE 1
UPDATE users SET deleted_at = now() WHERE id = 'a0000000-0000-4000-8000-000000000002';

-- prove: soft delete: indexes that hold only what is not deleted
-- rebuilt: garages, reminders, tenants, users, vehicle_images, vehicles
SELECT string_agg(tablename, ', ' ORDER BY tablename) FROM pg_indexes
WHERE schemaname = current_schema() AND indexname LIKE '%!_live' ESCAPE '!'
    AND indexdef LIKE '%WHERE (deleted_at IS NULL)';

-- prove: audit trail: when a garage was made, as its user says
-- rebuilt: true
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO garages (tenant_id, name, created_at) VALUES ('a0000000-0000-4000-8000-000000000001', 'Old garage', '2003-03-04');
SELECT created_at = now() FROM garages WHERE name = 'Old garage';

-- prove: audit trail: who made a garage, as its user says
-- original: a0000000-0000-4000-8000-000000000002
-- rebuilt: NULL
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO garages (tenant_id, name, created_by)
VALUES ('a0000000-0000-4000-8000-000000000001', 'Old garage', 'a0000000-0000-4000-8000-000000000002');
SELECT created_by FROM garages WHERE name = 'Old garage';

-- prove: audit trail: when an event was written down, as its user says
-- original: 2003-03-04
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, created_at)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54000, '2003-03-04');
SELECT created_at::date FROM vehicle_events WHERE date = '2025-09-01';

-- prove: audit trail: when an event was written down, as its user says
-- rebuilt: true
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, created_at)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54000, '2003-03-04');
SELECT created_at = now() FROM vehicle_events WHERE date = '2025-09-01';

-- prove: audit trail: an event that claims to come from the legacy database
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, legacy_row)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54000, '{"miles": 54000}');

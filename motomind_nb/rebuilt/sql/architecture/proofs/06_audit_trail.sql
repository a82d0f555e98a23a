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

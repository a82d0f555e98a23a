-- The names of all vehicles of either side. No parameters.
-- Columns: vehicle_id, name (text, NULL where there is none), tenant_id, deleted (bool, in the rebuilt
-- schema: its view leaves such a vehicle out).
SELECT
    coalesce(after.id, before.id) AS vehicle_id,
    coalesce(after.nickname, before.display_name) AS name,
    coalesce(after.tenant_id, before.tenant_id) AS tenant_id,
    coalesce(after.deleted_at IS NOT NULL, false) AS deleted
FROM {source}.vehicles AS before
FULL JOIN {target}.vehicles AS after ON before.id = after.id

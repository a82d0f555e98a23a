-- Vehicles that are not soft-deleted and whose tenant is not. Parameters: none.
-- Columns: tenant_id, id, nickname, shown (true).
SELECT
    vehicle.tenant_id,
    vehicle.id,
    vehicle.nickname,
    true AS shown
FROM {target}.vehicles AS vehicle
INNER JOIN {target}.tenants AS tenant ON vehicle.tenant_id = tenant.id
WHERE vehicle.deleted_at IS NULL AND tenant.deleted_at IS NULL

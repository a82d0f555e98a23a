-- Purpose: the rules of every row that hangs on a vehicle, for one such row.
-- Columns: one for each rule: NULL where the row keeps it, else why not (code: reason).
-- The rows stand in the query around it: staged (the row), vehicle (the staged one that it names),
-- kept (the same, where it was not refused).
SELECT
    CASE
        WHEN vehicle.id IS NULL THEN concat('orphan_vehicle: vehicle ', staged.vehicle_id, ' does not exist')
    END AS vehicle_exists,
    CASE
        WHEN vehicle.tenant_id <> staged.tenant_id
            THEN
                CASE
                    WHEN staged.tenant_id IN (SELECT tenant.id FROM {source}.tenants AS tenant)
                        THEN 'tenant_conflict: the row names tenant ' || staged.tenant_id || ', its vehicle '
                    ELSE
                        'unknown_tenant: the row names tenant ' || staged.tenant_id
                        || ', which does not exist; its vehicle '
                END || vehicle.id || ' belongs to tenant ' || vehicle.tenant_id
    END AS tenant_is_the_vehicles,
    CASE
        WHEN kept.id IS NULL THEN concat('vehicle_in_quarantine: vehicle ', staged.vehicle_id, ' is in quarantine')
    END AS vehicle_is_loaded

-- Purpose: images that break a rule of public.vehicle_images.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_vehicles: the vehicles that were not refused; of_a_vehicle, the query of that name.
-- Rule: tenant is the vehicle's | public.vehicle_images: key (tenant_id, vehicle_id) | quarantined
-- Load rule: vehicle exists | public.vehicle_images: key (tenant_id, vehicle_id) | quarantined
-- Load rule: vehicle is loaded | public.vehicle_images: key (tenant_id, vehicle_id) | quarantined
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    its.vehicle_exists AS "vehicle exists",
    its.tenant_is_the_vehicles AS "tenant is the vehicle's",
    its.vehicle_is_loaded AS "vehicle is loaded"
FROM {source}.vehicle_images AS staged
LEFT JOIN {source}.vehicles AS vehicle ON vehicle.id = staged.vehicle_id
LEFT JOIN {kept_vehicles} AS kept ON kept.id = staged.vehicle_id
CROSS JOIN LATERAL ({of_a_vehicle}) AS its

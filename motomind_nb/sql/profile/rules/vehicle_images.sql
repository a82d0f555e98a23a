-- Purpose: images that break a rule of public.vehicle_images. Columns: key (text), one for each rule: true where broken.
-- Rule: tenant is the vehicle's | public.vehicle_images: key (tenant_id, vehicle_id) | quarantined
SELECT
    image.id::text AS key,
    (vehicle.tenant_id <> image.tenant_id) AS "tenant is the vehicle's"
FROM legacy.vehicle_images AS image
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = image.vehicle_id

-- Purpose: images that break a rule of public.vehicle_images. Columns: key, rule (text).
-- Rule: tenant is the vehicle's | public.vehicle_images: key (tenant_id, vehicle_id) | quarantined
SELECT
    image.id::text AS key,
    CASE WHEN vehicle.tenant_id <> image.tenant_id THEN 'tenant is the vehicle''s' END AS rule
FROM legacy.vehicle_images AS image
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = image.vehicle_id

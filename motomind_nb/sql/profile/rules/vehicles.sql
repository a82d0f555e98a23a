-- Purpose: vehicles that break a rule of public.vehicles. Columns: key, rule (text).
-- Rule: name is not blank | public.vehicles.nickname | filled from the naming backup, else quarantined
-- Rule: VIN has its form | public.vehicles: 17 capitals and digits without I, O, Q | quarantined
-- Rule: year is plausible | public.vehicles: 1900 to 2030 | quarantined
-- Rule: garage is of the same tenant | public.vehicles: key (tenant_id, garage_id) | quarantined
SELECT
    vehicle.id::text AS key,
    unnest(ARRAY[
        CASE WHEN coalesce(btrim(vehicle.display_name), '') = '' THEN 'name is not blank' END,
        CASE WHEN vehicle.vin !~ '^[A-HJ-NPR-Z0-9]{{17}}$' THEN 'VIN has its form' END,
        CASE WHEN vehicle.year NOT BETWEEN 1900 AND 2030 THEN 'year is plausible' END,
        CASE WHEN garage.tenant_id <> vehicle.tenant_id THEN 'garage is of the same tenant' END
    ]) AS rule
FROM legacy.vehicles AS vehicle
LEFT JOIN legacy.garages AS garage ON garage.id = vehicle.garage_id

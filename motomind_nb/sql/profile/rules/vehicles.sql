-- Purpose: vehicles that break a rule of public.vehicles. Columns: key (text), one for each rule: true where broken.
-- Rule: name is not blank | public.vehicles.nickname | filled from the naming backup, else quarantined
-- Rule: VIN has its form | public.vehicles: 17 capitals and digits without I, O, Q | quarantined
-- Rule: year is plausible | public.vehicles: 1900 to 2030 | quarantined
-- Rule: garage is of the same tenant | public.vehicles: key (tenant_id, garage_id) | quarantined
SELECT
    vehicle.id::text AS key,
    (coalesce(btrim(vehicle.display_name), '') = '') AS "name is not blank",
    (vehicle.vin !~ '^[A-HJ-NPR-Z0-9]{{17}}$') AS "VIN has its form",
    (vehicle.year NOT BETWEEN 1900 AND 2030) AS "year is plausible",
    (garage.tenant_id <> vehicle.tenant_id) AS "garage is of the same tenant"
FROM legacy.vehicles AS vehicle
LEFT JOIN legacy.garages AS garage ON garage.id = vehicle.garage_id

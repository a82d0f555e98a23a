-- Purpose: odometer readings that break a rule of public.vehicle_events. Columns: key (text), one for each rule: true where broken.
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
SELECT
    reading.id::text AS key,
    (reading.reading_date < DATE '1900-01-01' OR NOT isfinite(reading.reading_date)) AS "date is plausible",
    (reading.reading_date > (reading.created_at AT TIME ZONE 'UTC')::date + 30) AS "date is not far ahead",
    (reading.mileage < 0) AS "miles are not negative",
    (vehicle.tenant_id <> reading.tenant_id) AS "tenant is the vehicle's"
FROM legacy.odometer_readings AS reading
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = reading.vehicle_id

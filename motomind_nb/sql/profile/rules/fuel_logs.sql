-- Purpose: fuel logs that break a rule of public.vehicle_events. Columns: key (text), one for each rule: true where broken.
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: fuel has an amount | a positive total_amount or gallons, none of them negative or NaN | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
SELECT
    log.id::text AS key,
    (log.date < DATE '1900-01-01' OR NOT isfinite(log.date)) AS "date is plausible",
    (log.date > (log.created_at AT TIME ZONE 'UTC')::date + 30) AS "date is not far ahead",
    (log.odometer_reading < 0) AS "miles are not negative",
    (
        coalesce(log.total_amount, 0) <= 0 AND coalesce(log.gallons, 0) <= 0
        OR log.total_amount < 0 OR log.gallons < 0
        OR 'NaN'::numeric IN (log.total_amount, log.gallons)
    ) AS "fuel has an amount",
    (vehicle.tenant_id <> log.tenant_id) AS "tenant is the vehicle's"
FROM legacy.fuel_logs AS log
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = log.vehicle_id

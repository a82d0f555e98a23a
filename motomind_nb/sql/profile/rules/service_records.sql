-- Purpose: service records that break a rule of public.vehicle_events. Columns: key (text), one for each rule: true where broken.
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: maintenance says its kind | service_type, not blank | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
SELECT
    record.id::text AS key,
    (record.service_date < DATE '1900-01-01' OR NOT isfinite(record.service_date)) AS "date is plausible",
    (record.service_date > (record.created_at AT TIME ZONE 'UTC')::date + 30) AS "date is not far ahead",
    (record.odometer_reading < 0) AS "miles are not negative",
    (btrim(record.service_type) = '') AS "maintenance says its kind",
    (vehicle.tenant_id <> record.tenant_id) AS "tenant is the vehicle's"
FROM legacy.service_records AS record
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = record.vehicle_id

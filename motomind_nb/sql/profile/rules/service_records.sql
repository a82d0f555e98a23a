-- Purpose: service records that break a rule of public.vehicle_events. Columns: key, rule (text).
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: maintenance says its kind | service_type, not blank | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
SELECT
    record.id::text AS key,
    unnest(ARRAY[
        CASE
            WHEN record.service_date < DATE '1900-01-01' OR NOT isfinite(record.service_date)
                THEN 'date is plausible'
        END,
        CASE
            WHEN record.service_date > (record.created_at AT TIME ZONE 'UTC')::date + 30
                THEN 'date is not far ahead'
        END,
        CASE WHEN record.odometer_reading < 0 THEN 'miles are not negative' END,
        CASE WHEN btrim(record.service_type) = '' THEN 'maintenance says its kind' END,
        CASE WHEN vehicle.tenant_id <> record.tenant_id THEN 'tenant is the vehicle''s' END
    ]) AS rule
FROM legacy.service_records AS record
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = record.vehicle_id

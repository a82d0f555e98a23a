-- Purpose: ids that two of the four event tables share: all become events. Columns: key, rule.
-- Rule: id is used once | public.vehicle_events: an event's id | the later source gets a new id
SELECT
    reading.id::text AS key,
    'id is used once' AS rule
FROM legacy.odometer_readings AS reading
WHERE
    EXISTS (SELECT FROM legacy.vehicle_events AS event WHERE event.id = reading.id)
UNION ALL
SELECT log.id::text, 'id is used once'
FROM legacy.fuel_logs AS log
WHERE
    EXISTS (SELECT FROM legacy.vehicle_events AS event WHERE event.id = log.id)
    OR EXISTS (SELECT FROM legacy.odometer_readings AS reading WHERE reading.id = log.id)
UNION ALL
SELECT record.id::text, 'id is used once'
FROM legacy.service_records AS record
WHERE
    EXISTS (SELECT FROM legacy.vehicle_events AS event WHERE event.id = record.id)
    OR EXISTS (SELECT FROM legacy.odometer_readings AS reading WHERE reading.id = record.id)
    OR EXISTS (SELECT FROM legacy.fuel_logs AS log WHERE log.id = record.id)

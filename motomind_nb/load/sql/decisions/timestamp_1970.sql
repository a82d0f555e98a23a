-- Timestamps of 1970, which an earlier script wrote where none was known. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load timestamp 1970' AS check,
    stamped.subject,
    'the time of the change' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' of 1970' AS found,
    'note' AS status,
    'a script wrote them where none was known; carried over' AS detail
FROM (
    SELECT 'vehicle_events.created_at' AS subject, e.created_at AS moment FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT 'vehicle_events.updated_at', e.updated_at FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT 'vehicle_images.created_at', i.created_at FROM {source}.vehicle_images AS i
    UNION ALL
    SELECT 'vehicle_images.updated_at', i.updated_at FROM {source}.vehicle_images AS i
    UNION ALL
    SELECT 'vehicles.updated_at', v.updated_at FROM {source}.vehicles AS v
    UNION ALL
    SELECT 'garages.updated_at', g.updated_at FROM {source}.garages AS g
    UNION ALL
    SELECT 'reminders.updated_at', r.updated_at FROM {source}.reminders AS r
    UNION ALL
    SELECT 'odometer_readings.updated_at', o.updated_at FROM {source}.odometer_readings AS o
    UNION ALL
    SELECT 'fuel_logs.updated_at', f.updated_at FROM {source}.fuel_logs AS f
    UNION ALL
    SELECT 'service_records.updated_at', s.updated_at FROM {source}.service_records AS s
) AS stamped
WHERE stamped.moment >= '1970-01-01 00:00:00+00' AND stamped.moment < '1971-01-01 00:00:00+00'
GROUP BY stamped.subject

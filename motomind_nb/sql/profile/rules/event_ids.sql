-- Purpose: ids that two of the four event tables share: all of them become events.
-- Columns: key (text), one for each rule: true where broken.
-- Rule: id is used once | public.vehicle_events: an event's id | the later source gets a new id
-- Whether any id repeats at all is counted first, because that is far cheaper than to find it.
WITH repeats AS (
    SELECT count(*) > count(DISTINCT every.id) AS found
    FROM (
        SELECT id FROM legacy.vehicle_events
        UNION ALL
        SELECT id FROM legacy.odometer_readings
        UNION ALL
        SELECT id FROM legacy.fuel_logs
        UNION ALL
        SELECT id FROM legacy.service_records
    ) AS every
)

SELECT
    shared.id::text AS key,
    true AS "id is used once"
FROM (
    SELECT reading.id
    FROM legacy.odometer_readings AS reading
    INNER JOIN legacy.vehicle_events AS event ON event.id = reading.id
    UNION ALL
    SELECT log.id
    FROM legacy.fuel_logs AS log
    INNER JOIN legacy.vehicle_events AS event ON event.id = log.id
    UNION ALL
    SELECT log.id
    FROM legacy.fuel_logs AS log
    INNER JOIN legacy.odometer_readings AS reading ON reading.id = log.id
    UNION ALL
    SELECT record.id
    FROM legacy.service_records AS record
    INNER JOIN legacy.vehicle_events AS event ON event.id = record.id
    UNION ALL
    SELECT record.id
    FROM legacy.service_records AS record
    INNER JOIN legacy.odometer_readings AS reading ON reading.id = record.id
    UNION ALL
    SELECT record.id
    FROM legacy.service_records AS record
    INNER JOIN legacy.fuel_logs AS log ON log.id = record.id
) AS shared
WHERE (SELECT repeats.found FROM repeats)
GROUP BY shared.id

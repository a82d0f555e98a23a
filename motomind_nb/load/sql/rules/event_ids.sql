-- Purpose: ids that two of the four event tables share: all of them become events.
-- Columns: key (text), tenant_id (none: the rows may be of several); one for the rule: NULL where it is
-- kept, else why not (code: reason).
-- Rule: id is used once | public.vehicle_events: an event's id | the later source gets a new id
-- Whether any id repeats at all is counted first, because that is far cheaper than to find it.
WITH repeats AS (
    SELECT count(*) > count(DISTINCT every.id) AS found
    FROM (
        SELECT id FROM {source}.vehicle_events
        UNION ALL
        SELECT id FROM {source}.odometer_readings
        UNION ALL
        SELECT id FROM {source}.fuel_logs
        UNION ALL
        SELECT id FROM {source}.service_records
    ) AS every
)

SELECT
    shared.id::text AS key,
    NULL::uuid AS tenant_id,
    'repeated_id: another event table has the same id' AS "id is used once"
FROM (
    SELECT reading.id
    FROM {source}.odometer_readings AS reading
    INNER JOIN {source}.vehicle_events AS event ON event.id = reading.id
    UNION ALL
    SELECT log.id
    FROM {source}.fuel_logs AS log
    INNER JOIN {source}.vehicle_events AS event ON event.id = log.id
    UNION ALL
    SELECT log.id
    FROM {source}.fuel_logs AS log
    INNER JOIN {source}.odometer_readings AS reading ON reading.id = log.id
    UNION ALL
    SELECT record.id
    FROM {source}.service_records AS record
    INNER JOIN {source}.vehicle_events AS event ON event.id = record.id
    UNION ALL
    SELECT record.id
    FROM {source}.service_records AS record
    INNER JOIN {source}.odometer_readings AS reading ON reading.id = record.id
    UNION ALL
    SELECT record.id
    FROM {source}.service_records AS record
    INNER JOIN {source}.fuel_logs AS log ON log.id = record.id
) AS shared
WHERE (SELECT repeats.found FROM repeats)
GROUP BY shared.id

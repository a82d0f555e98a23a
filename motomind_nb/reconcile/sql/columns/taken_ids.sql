-- Ids that several event sources use. Holes: none. Columns: id (uuid), first (the source among them
-- that comes first in the order of the catalog; the others get an id of their own).
SELECT
    used.id,
    (array_agg(used.source ORDER BY used.place))[1] AS first
FROM (
    SELECT id, 'vehicle_events' AS source, 1 AS place FROM {source}.vehicle_events
    UNION ALL
    SELECT id, 'odometer_readings', 2 FROM {source}.odometer_readings
    UNION ALL
    SELECT id, 'fuel_logs', 3 FROM {source}.fuel_logs
    UNION ALL
    SELECT id, 'service_records', 4 FROM {source}.service_records
) AS used
GROUP BY used.id
HAVING count(*) > 1

-- Purpose: new events whose id a row of legacy.vehicle_events already has. Columns: id (text).
SELECT event.id::text AS id
FROM pg_temp.motomind_written AS noted
INNER JOIN {source}.vehicle_events AS event ON noted.key_two = event.id
WHERE noted.table_name = 'vehicle_events' AND noted.kind = 'new'
ORDER BY event.id

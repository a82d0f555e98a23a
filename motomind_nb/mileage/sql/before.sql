-- Every reading of the staged legacy tables that states an odometer; documents state none.
-- A witness: what a reading is stands here once more, on purpose, and shares nothing with the load,
-- the rule and the views. No parameters. Reads only.
-- Columns: vehicle_id, date (local), time (local, NULL where unknown), miles (miles, NULL where none
-- was written), source (table), id (of the row in that table).
SELECT
    event.vehicle_id,
    event.date,
    NULL::time AS time,
    event.miles,
    'vehicle_events' AS source,
    event.id
FROM {source}.vehicle_events AS event
WHERE event.type IN ('odometer', 'maintenance', 'fuel')
UNION ALL
SELECT
    reading.vehicle_id,
    reading.reading_date,
    reading.reading_time,
    reading.mileage,
    'odometer_readings',
    reading.id
FROM {source}.odometer_readings AS reading
UNION ALL
SELECT
    fuel.vehicle_id,
    fuel.date,
    fuel.time,
    fuel.odometer_reading,
    'fuel_logs',
    fuel.id
FROM {source}.fuel_logs AS fuel
UNION ALL
SELECT
    service.vehicle_id,
    service.service_date,
    NULL::time,
    service.odometer_reading,
    'service_records',
    service.id
FROM {source}.service_records AS service

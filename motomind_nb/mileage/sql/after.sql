-- Every event of the rebuilt schema that states an odometer, under the row that it came from.
-- A witness: what a reading is stands here once more, on purpose, and shares nothing with the load,
-- the rule and the views. No parameters. Reads only.
-- Columns: vehicle_id, date (local), time (local, NULL where unknown), miles (miles, NULL where none
-- was written), source (legacy table; vehicle_events for an event that came later), id (of the row
-- in the legacy table, else of the event).
SELECT
    stated.vehicle_id,
    stated.date,
    stated.local_time AS time,
    stated.miles,
    coalesce(origin.source_table, 'vehicle_events') AS source,
    coalesce(origin.source_id, stated.id) AS id
FROM {target}.vehicle_events AS stated
LEFT JOIN private.event_source AS origin
    ON stated.id = origin.event_id AND stated.date = origin.event_date
WHERE stated.type <> 'document'

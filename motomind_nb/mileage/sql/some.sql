-- The readings of a few vehicles. Hole: readings (a query with a column vehicle_id).
-- %(vehicles)s: their ids. Columns: those of the query; date and time as text, because Python has
-- neither infinity, years before 1 and beyond 9999, nor 24:00.
SELECT
    reading.vehicle_id,
    reading.date::text AS date,
    reading.time::text AS time,
    reading.miles,
    reading.source,
    reading.id
FROM ({readings}) AS reading
WHERE reading.vehicle_id = ANY(%(vehicles)s)
ORDER BY reading.vehicle_id, reading.date, reading.time NULLS LAST, reading.miles, reading.id

-- The readings of a few vehicles. Hole: readings (a query with a column vehicle_id).
-- %(vehicles)s: their ids. Columns: those of the query.
SELECT reading.*
FROM ({readings}) AS reading
WHERE reading.vehicle_id = ANY(%(vehicles)s)
ORDER BY reading.vehicle_id, reading.date, reading.time NULLS LAST, reading.miles, reading.id

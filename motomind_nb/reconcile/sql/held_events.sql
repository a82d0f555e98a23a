-- Rows of an event source, and whether the target holds an event of each, on whatever date: a row that
-- only changed its date is not missing. Holes: staged, the table; name, its name as text.
-- Columns: source_id (text), held (boolean).
SELECT
    s.id::text AS source_id,
    there.id IS NOT NULL AS held
FROM {staged} AS s
LEFT JOIN private.event_source AS l ON l.source_table = {name} AND l.source_id = s.id
LEFT JOIN (SELECT DISTINCT e.id FROM {target}.vehicle_events AS e) AS there ON there.id = coalesce(l.event_id, s.id)

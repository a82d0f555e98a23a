-- Rows of event sources, and whether the target holds an event of each, on whatever date: a row that
-- only changed its date is not missing. Hole: staged, the query of their ids (see staged_ids).
-- Columns: source, source_id (text), held (boolean).
SELECT
    s.source,
    s.id::text AS source_id,
    there.id IS NOT NULL AS held
FROM ({staged}) AS s
LEFT JOIN private.event_source AS l ON l.source_table = s.source AND l.source_id = s.id
LEFT JOIN (SELECT DISTINCT e.id FROM {target}.vehicle_events AS e) AS there ON there.id = coalesce(l.event_id, s.id)

-- Purpose: the readings that contradict their vehicle's history; at most 200 are shown.
-- Columns: nickname, source (table of the legacy schema), date (text: Python ends at the year 9999),
-- miles, reason, vehicle_id.
-- Only LEFT JOINs: of an inner one on several columns the planner expects a single row, and would look
-- up each event by itself in every partition.
SELECT
    v.nickname,
    d.source_table AS source,
    e.date::text AS date,
    e.miles,
    d.reason,
    e.vehicle_id
FROM audit.disputed AS d
LEFT JOIN private.event_source AS s
    ON d.source_table = s.source_table AND d.source_id = s.source_id
LEFT JOIN {target}.vehicle_events AS e
    ON s.tenant_id = e.tenant_id AND s.event_id = e.id AND s.event_date = e.date
LEFT JOIN {target}.vehicles AS v ON e.tenant_id = v.tenant_id AND e.vehicle_id = v.id
ORDER BY v.nickname COLLATE "C", e.vehicle_id, e.date, e.miles, d.source_id
LIMIT 200

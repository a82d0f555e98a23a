-- Which old value became which new one. No parameters.
-- Columns: object, column, old, new (text), rows.
SELECT 'reminders' AS object, 'status' AS column, s.status AS old, t.status AS new, count(*) AS rows
FROM {source}.reminders AS s INNER JOIN {target}.reminders AS t ON t.id = s.id
GROUP BY s.status, t.status
UNION ALL
SELECT 'vehicle_events', 'type', s.type, t.type, count(*)
FROM {source}.vehicle_events AS s
INNER JOIN private.event_source AS l ON l.source_table = 'vehicle_events' AND l.source_id = s.id
INNER JOIN {target}.vehicle_events AS t ON t.tenant_id = l.tenant_id AND t.id = l.event_id AND t.date = l.event_date
GROUP BY s.type, t.type
ORDER BY object, old, new

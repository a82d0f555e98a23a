-- Values without a mapping and rows of manual_events: what must refuse the run. No parameters.
-- Columns: subject (table.column), value (text), rows.
SELECT 'reminders.status' AS subject, r.status AS value, count(*) AS rows
FROM {source}.reminders AS r
WHERE (r.status IN ('open', 'scheduled', 'done', 'dismissed')) IS NOT TRUE
GROUP BY r.status
UNION ALL
SELECT 'vehicle_events.type', e.type, count(*)
FROM {source}.vehicle_events AS e
WHERE (e.type IN ('odometer', 'maintenance', 'fuel', 'document')) IS NOT TRUE
GROUP BY e.type
UNION ALL
SELECT 'manual_events', 'any row', count(*)
FROM {source}.manual_events
HAVING count(*) > 0
ORDER BY subject, value

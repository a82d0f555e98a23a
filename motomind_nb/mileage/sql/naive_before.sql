-- Current mileage as the legacy view vehicle_current_mileage gives it: the newest row by date and
-- created_at. Written out, because a source without the view is audited too. No parameters.
-- Columns: vehicle_id, miles (miles).
SELECT DISTINCT ON (event.vehicle_id)
    event.vehicle_id,
    event.miles
FROM {source}.vehicle_events AS event
WHERE event.type IN ('odometer', 'maintenance', 'fuel') AND event.miles IS NOT NULL
ORDER BY event.vehicle_id ASC, event.date DESC, event.created_at DESC

-- Purpose: what each target table holds. Columns: target (text), rows (count).
SELECT target, rows
FROM (
    SELECT 1 AS place, '{target}.tenants' AS target, count(*) AS rows FROM {target}.tenants
    UNION ALL
    SELECT 2, '{target}.users', count(*) FROM {target}.users
    UNION ALL
    SELECT 3, '{target}.garages', count(*) FROM {target}.garages
    UNION ALL
    SELECT 4, '{target}.vehicles', count(*) FROM {target}.vehicles
    UNION ALL
    SELECT 5, '{target}.vehicle_events', count(*) FROM {target}.vehicle_events
    UNION ALL
    SELECT 6, '{target}.vehicle_images', count(*) FROM {target}.vehicle_images
    UNION ALL
    SELECT 7, '{target}.reminders', count(*) FROM {target}.reminders
    UNION ALL
    SELECT 8, 'private.memberships', count(*) FROM private.memberships
    UNION ALL
    SELECT 9, 'private.event_source', count(*) FROM private.event_source
) AS counted
ORDER BY place

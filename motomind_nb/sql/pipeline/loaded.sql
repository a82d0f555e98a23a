-- Purpose: what each target table holds. Columns: target (text), rows (count).
SELECT target, rows
FROM (
    SELECT 1 AS place, 'public.tenants' AS target, count(*) AS rows FROM public.tenants
    UNION ALL
    SELECT 2, 'public.users', count(*) FROM public.users
    UNION ALL
    SELECT 3, 'public.garages', count(*) FROM public.garages
    UNION ALL
    SELECT 4, 'public.vehicles', count(*) FROM public.vehicles
    UNION ALL
    SELECT 5, 'public.vehicle_events', count(*) FROM public.vehicle_events
    UNION ALL
    SELECT 6, 'public.vehicle_images', count(*) FROM public.vehicle_images
    UNION ALL
    SELECT 7, 'public.reminders', count(*) FROM public.reminders
    UNION ALL
    SELECT 8, 'private.memberships', count(*) FROM private.memberships
    UNION ALL
    SELECT 9, 'private.event_source', count(*) FROM private.event_source
) AS counted
ORDER BY place

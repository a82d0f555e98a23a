-- The tables of the target, the quarantine among them, that hold rows. No parameters.
-- Column: text, the names with commas, NULL without any.
SELECT string_agg(held.name, ', ')
FROM (
    SELECT 'public.tenants' AS name WHERE EXISTS (SELECT FROM public.tenants)
    UNION ALL
    SELECT 'public.users' WHERE EXISTS (SELECT FROM public.users)
    UNION ALL
    SELECT 'public.garages' WHERE EXISTS (SELECT FROM public.garages)
    UNION ALL
    SELECT 'public.vehicles' WHERE EXISTS (SELECT FROM public.vehicles)
    UNION ALL
    SELECT 'public.vehicle_images' WHERE EXISTS (SELECT FROM public.vehicle_images)
    UNION ALL
    SELECT 'public.reminders' WHERE EXISTS (SELECT FROM public.reminders)
    UNION ALL
    SELECT 'public.vehicle_events' WHERE EXISTS (SELECT FROM public.vehicle_events)
    UNION ALL
    SELECT 'private.memberships' WHERE EXISTS (SELECT FROM private.memberships)
    UNION ALL
    SELECT 'private.event_source' WHERE EXISTS (SELECT FROM private.event_source)
    UNION ALL
    SELECT 'audit.quarantine' WHERE EXISTS (SELECT FROM audit.quarantine)
    UNION ALL
    SELECT 'audit.disputed' WHERE EXISTS (SELECT FROM audit.disputed)
) AS held

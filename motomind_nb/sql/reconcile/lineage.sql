-- Where each target row came from. No parameters.
-- Columns: target_table, target_id, target_date, tenant_id, source_table, source_id (all text).
SELECT
    'public.vehicle_events' AS target_table,
    l.event_id::text AS target_id,
    l.event_date::text AS target_date,
    l.tenant_id::text AS tenant_id,
    l.source_table,
    l.source_id::text AS source_id
FROM private.event_source AS l
UNION ALL
SELECT 'public.tenants', t.id::text, '', t.id::text, 'tenants', s.id::text
FROM public.tenants AS t INNER JOIN legacy.tenants AS s ON s.id = t.id
UNION ALL
SELECT 'public.users', t.id::text, '', t.tenant_id::text, 'users', s.id::text
FROM public.users AS t INNER JOIN legacy.users AS s ON s.id = t.id
UNION ALL
SELECT 'public.garages', t.id::text, '', t.tenant_id::text, 'garages', s.id::text
FROM public.garages AS t INNER JOIN legacy.garages AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT 'public.vehicles', t.id::text, '', t.tenant_id::text, 'vehicles', s.id::text
FROM public.vehicles AS t INNER JOIN legacy.vehicles AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT 'public.vehicle_images', t.id::text, '', t.tenant_id::text, 'vehicle_images', s.id::text
FROM public.vehicle_images AS t
INNER JOIN legacy.vehicle_images AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT 'public.reminders', t.id::text, '', t.tenant_id::text, 'reminders', s.id::text
FROM public.reminders AS t INNER JOIN legacy.reminders AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT
    'private.memberships', t.tenant_id::text || '/' || t.user_id::text, '', t.tenant_id::text, 'memberships',
    s.tenant_id::text || '/' || s.user_id::text
FROM private.memberships AS t
INNER JOIN legacy.memberships AS s ON s.tenant_id = t.tenant_id AND s.user_id = t.user_id

-- Where each target row came from. No parameters.
-- Columns: target_table, target_id, target_date, tenant_id, source_table, source_id (all text).
SELECT
    '{target}.vehicle_events' AS target_table,
    l.event_id::text AS target_id,
    l.event_date::text AS target_date,
    l.tenant_id::text AS tenant_id,
    l.source_table,
    l.source_id::text AS source_id
FROM private.event_source AS l
UNION ALL
SELECT '{target}.tenants', t.id::text, '', t.id::text, 'tenants', s.id::text
FROM {target}.tenants AS t INNER JOIN {source}.tenants AS s ON s.id = t.id
UNION ALL
SELECT '{target}.users', t.id::text, '', t.tenant_id::text, 'users', s.id::text
FROM {target}.users AS t INNER JOIN {source}.users AS s ON s.id = t.id
UNION ALL
SELECT '{target}.garages', t.id::text, '', t.tenant_id::text, 'garages', s.id::text
FROM {target}.garages AS t INNER JOIN {source}.garages AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT '{target}.vehicles', t.id::text, '', t.tenant_id::text, 'vehicles', s.id::text
FROM {target}.vehicles AS t INNER JOIN {source}.vehicles AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT '{target}.vehicle_images', t.id::text, '', t.tenant_id::text, 'vehicle_images', s.id::text
FROM {target}.vehicle_images AS t
INNER JOIN {source}.vehicle_images AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT '{target}.reminders', t.id::text, '', t.tenant_id::text, 'reminders', s.id::text
FROM {target}.reminders AS t INNER JOIN {source}.reminders AS s ON s.tenant_id = t.tenant_id AND s.id = t.id
UNION ALL
SELECT
    'private.memberships', t.tenant_id::text || '/' || t.user_id::text, '', t.tenant_id::text, 'memberships',
    s.tenant_id::text || '/' || s.user_id::text
FROM private.memberships AS t
INNER JOIN {source}.memberships AS s ON s.tenant_id = t.tenant_id AND s.user_id = t.user_id

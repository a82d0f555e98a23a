-- reminders -> public.reminders: due_miles becomes due_mileage (miles), statuses are mapped value
-- by value. No parameters. A status without a mapping gives NULL, and the load refuses before.
SELECT
    r.id,
    r.tenant_id,
    r.vehicle_id,
    r.title,
    r.description,
    r.category,
    r.priority,
    r.due_date,
    r.due_miles AS due_mileage,
    CASE r.status
        WHEN 'open' THEN 'active'
        WHEN 'scheduled' THEN 'scheduled'
        WHEN 'done' THEN 'completed'
        WHEN 'dismissed' THEN 'dismissed'
    END AS status,
    r.source,
    r.dedupe_key,
    r.created_at,
    r.updated_at,
    NULL::timestamptz AS deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM audit.loadable_reminders AS r

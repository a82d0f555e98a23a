-- public.reminders -> reminders: due_mileage becomes due_miles (miles), each status its old word.
-- No parameters. Columns: those of the old table. deleted_at and the authors have no home there.
SELECT
    r.id,
    r.vehicle_id,
    r.title,
    r.description,
    r.category,
    r.priority,
    r.due_date,
    r.due_mileage AS due_miles,
    CASE r.status
        WHEN 'active' THEN 'open'
        WHEN 'scheduled' THEN 'scheduled'
        WHEN 'completed' THEN 'done'
        WHEN 'dismissed' THEN 'dismissed'
    END AS status,
    r.source,
    r.dedupe_key,
    r.created_at,
    r.updated_at,
    r.tenant_id
FROM {target}.reminders AS r

-- Purpose: reminders that break a rule of public.reminders. Columns: key, rule (text).
-- Rule: category is known | public.reminders: registration, inspection, emissions, maintenance, other | quarantined
-- Rule: priority is known | public.reminders: low, medium, high | quarantined
-- Rule: status has a mapping | open, scheduled, done, dismissed become active, scheduled, completed, dismissed | the run is refused
-- Rule: due after it was created | public.reminders: at most a day before, unless completed | quarantined
-- Rule: tenant is the vehicle's | public.reminders: key (tenant_id, vehicle_id) | quarantined
-- Rule: one open reminder per key | public.reminders: unique over active and scheduled | the later ones quarantined
SELECT
    reminder.id::text AS key,
    unnest(ARRAY[
        CASE
            WHEN reminder.category NOT IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')
                THEN 'category is known'
        END,
        CASE WHEN reminder.priority NOT IN ('low', 'medium', 'high') THEN 'priority is known' END,
        CASE
            WHEN reminder.status NOT IN ('open', 'scheduled', 'done', 'dismissed')
                THEN 'status has a mapping'
        END,
        CASE
            WHEN reminder.status <> 'done'
                AND reminder.due_date < (reminder.created_at AT TIME ZONE 'UTC')::date - 1
                THEN 'due after it was created'
        END,
        CASE WHEN vehicle.tenant_id <> reminder.tenant_id THEN 'tenant is the vehicle''s' END,
        CASE WHEN reminder.place > 1 THEN 'one open reminder per key' END
    ]) AS rule
FROM (
    SELECT
        *,
        CASE
            WHEN dedupe_key IS NOT NULL AND status IN ('open', 'scheduled')
                THEN row_number() OVER (
                    PARTITION BY tenant_id, dedupe_key, status IN ('open', 'scheduled')
                    ORDER BY created_at, id
                )
        END AS place
    FROM legacy.reminders
) AS reminder
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = reminder.vehicle_id

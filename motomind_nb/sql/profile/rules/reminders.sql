-- Purpose: reminders that break a rule of public.reminders. Columns: key (text), one for each rule: true where broken.
-- Rule: category is known | public.reminders: registration, inspection, emissions, maintenance, other | quarantined
-- Rule: priority is known | public.reminders: low, medium, high | quarantined
-- Rule: status has a mapping | open, scheduled, done, dismissed become active, scheduled, completed, dismissed | the run is refused
-- Rule: due after it was created | public.reminders: at most a day before, unless completed | quarantined
-- Rule: tenant is the vehicle's | public.reminders: key (tenant_id, vehicle_id) | quarantined
-- Rule: one open reminder per key | public.reminders: unique over active and scheduled | the later ones quarantined
SELECT
    reminder.id::text AS key,
    (reminder.category NOT IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')) AS "category is known",
    (reminder.priority NOT IN ('low', 'medium', 'high')) AS "priority is known",
    (reminder.status NOT IN ('open', 'scheduled', 'done', 'dismissed')) AS "status has a mapping",
    (
        reminder.status <> 'done'
        AND reminder.due_date < (reminder.created_at AT TIME ZONE 'UTC')::date - 1
    ) AS "due after it was created",
    (vehicle.tenant_id <> reminder.tenant_id) AS "tenant is the vehicle's",
    (reminder.place > 1) AS "one open reminder per key"
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

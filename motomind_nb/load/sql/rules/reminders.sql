-- Purpose: reminders that break a rule of public.reminders.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_vehicles: the vehicles that were not refused; of_a_vehicle, the query of that name.
-- Rule: category is known | public.reminders: registration, inspection, emissions, maintenance, other | quarantined
-- Rule: priority is known | public.reminders: low, medium, high | quarantined
-- Rule: status has a mapping | open, scheduled, done, dismissed become active, scheduled, completed, dismissed | the run is refused
-- Rule: due after it was created | public.reminders: at most a day before, unless completed | quarantined
-- Rule: tenant is the vehicle's | public.reminders: key (tenant_id, vehicle_id) | quarantined
-- Rule: one open reminder per key | public.reminders: unique over active and scheduled | the later ones quarantined
-- Load rule: open key fits its index | public.reminders: an entry of an index holds 2,704 bytes, 28 of them heads and tenant | quarantined
-- Load rule: source is known | public.reminders: user | quarantined
-- Load rule: vehicle exists | public.reminders: key (tenant_id, vehicle_id) | quarantined
-- Load rule: vehicle is loaded | public.reminders: key (tenant_id, vehicle_id) | quarantined
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    its.vehicle_exists AS "vehicle exists",
    its.tenant_is_the_vehicles AS "tenant is the vehicle's",
    its.vehicle_is_loaded AS "vehicle is loaded",
    CASE
        WHEN coalesce(staged.category, '') NOT IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')
            THEN unknown.value
    END AS "category is known",
    CASE WHEN coalesce(staged.priority, '') NOT IN ('low', 'medium', 'high') THEN unknown.value END
        AS "priority is known",
    CASE WHEN coalesce(staged.source, '') <> 'user' THEN unknown.value END AS "source is known",
    CASE
        WHEN staged.status <> 'done' AND staged.due_date < (staged.created_at AT TIME ZONE 'UTC')::date - 1
            THEN
                'due_before_created: due ' || staged.due_date
                || ', more than a day before it was created, and not done'
    END AS "due after it was created",
    CASE
        WHEN open.place > 1
            THEN
                'second_open_reminder: an earlier open or scheduled reminder of this tenant has the key '
                || staged.dedupe_key
    END AS "one open reminder per key",
    CASE
        WHEN staged.status IN ('open', 'scheduled') AND pg_column_size(staged.dedupe_key) > 2676
            THEN
                'long_key: a dedupe_key of ' || octet_length(staged.dedupe_key)
                || ' bytes does not fit the unique index of open reminders'
    END AS "open key fits its index",
    CASE
        WHEN (staged.status IN ('open', 'scheduled', 'done', 'dismissed')) IS NOT TRUE
            THEN 'unknown_status: status has no mapping: ' || coalesce(staged.status, 'NULL')
    END AS "status has a mapping"
FROM {source}.reminders AS staged
LEFT JOIN {source}.vehicles AS vehicle ON vehicle.id = staged.vehicle_id
LEFT JOIN {kept_vehicles} AS kept ON kept.id = staged.vehicle_id
CROSS JOIN LATERAL ({of_a_vehicle}) AS its
CROSS JOIN LATERAL (
    SELECT
        'unknown_value: category ' || coalesce(staged.category, 'NULL')
        || ', priority ' || coalesce(staged.priority, 'NULL')
        || ' or source ' || coalesce(staged.source, 'NULL') || ' is none of the allowed' AS value
) AS unknown
LEFT JOIN (
    -- those of a missing, refused or another tenant's vehicle stand in nobody's way
    SELECT
        reminder.id,
        row_number() OVER (
            PARTITION BY reminder.tenant_id, reminder.dedupe_key ORDER BY reminder.created_at, reminder.id
        ) AS place
    FROM {source}.reminders AS reminder
    INNER JOIN {kept_vehicles} AS carrier ON carrier.id = reminder.vehicle_id
    WHERE
        reminder.status IN ('open', 'scheduled') AND reminder.dedupe_key IS NOT NULL
        AND carrier.tenant_id = reminder.tenant_id
) AS open ON open.id = staged.id

-- Reminders that a rule of the target refuses go to audit.quarantine: an unknown category, priority
-- or source, a due date before the creation, or a second open reminder for one key of a tenant (the
-- earliest stays). No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'reminders',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'unknown_value'
            THEN 'category ' || coalesce(broken.category, 'NULL') || ', priority '
            || coalesce(broken.priority, 'NULL') || ' or source ' || coalesce(broken.source, 'NULL')
            || ' is none of the allowed'
        WHEN 'due_before_created'
            THEN 'due ' || broken.due_date || ', more than a day before it was created, and not done'
        ELSE 'an earlier open or scheduled reminder of this tenant has the key ' || broken.dedupe_key
    END,
    broken.source_row
FROM (
    SELECT
        r.*,
        to_jsonb(r.*) AS source_row,
        CASE
            WHEN
                coalesce(r.category, '') NOT IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')
                OR coalesce(r.priority, '') NOT IN ('low', 'medium', 'high')
                OR coalesce(r.source, '') <> 'user'
                THEN 'unknown_value'
            WHEN r.status <> 'done' AND r.due_date < (r.created_at AT TIME ZONE 'UTC')::date - 1
                THEN 'due_before_created'
            WHEN r.status IN ('open', 'scheduled') AND EXISTS (
                SELECT FROM legacy.reminders AS earlier
                WHERE earlier.tenant_id = r.tenant_id AND earlier.dedupe_key = r.dedupe_key
                    AND earlier.status IN ('open', 'scheduled')
                    AND (earlier.created_at, earlier.id) < (r.created_at, r.id)
                    AND NOT EXISTS (
                        SELECT FROM audit.quarantine AS q
                        WHERE q.source_table = 'reminders' AND q.source_id = earlier.id::text
                    )
            ) THEN 'second_open_reminder'
        END AS rule
    FROM legacy.reminders AS r
    WHERE NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'reminders' AND q.source_id = r.id::text
    )
) AS broken
WHERE broken.rule IS NOT NULL

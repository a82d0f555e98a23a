-- Triggers of the rebuilt schema that are missing or disabled.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    wanted.table_name || ' ' || wanted.trigger_name AS subject,
    'enabled' AS expected,
    CASE WHEN guard.tgname IS NULL THEN 'missing' ELSE 'disabled' END AS found,
    'a rule of the table does not hold' AS detail
FROM (
    VALUES
    ('{target}.tenants', 'row_0_given', 'drop_given_created_at'),
    ('{target}.users', 'row_0_given', 'drop_given_audit_columns'),
    ('{target}.garages', 'row_0_given', 'drop_given_audit_columns'),
    ('{target}.vehicles', 'row_0_given', 'drop_given_audit_columns'),
    ('{target}.vehicle_images', 'row_0_given', 'drop_given_audit_columns'),
    ('{target}.reminders', 'row_0_given', 'drop_given_audit_columns'),
    ('{target}.vehicle_events', 'event_0_given', 'drop_given_created_at'),
    ('{target}.tenants', 'row_2_touch', 'touch_tenant'),
    ('{target}.users', 'row_2_touch', 'touch_row'),
    ('{target}.garages', 'row_2_touch', 'touch_row'),
    ('{target}.vehicles', 'row_2_touch', 'touch_row'),
    ('{target}.vehicle_images', 'row_1_tenant', 'fill_tenant'),
    ('{target}.vehicle_images', 'row_2_touch', 'touch_row'),
    ('{target}.reminders', 'row_1_tenant', 'fill_tenant'),
    ('{target}.reminders', 'row_2_touch', 'touch_row'),
    ('{target}.vehicle_events', 'event_0_keep', 'refuse_event_change'),
    ('{target}.vehicle_events', 'event_0_keep_row', 'refuse_event_change'),
    ('{target}.vehicle_events', 'event_1_tenant', 'fill_tenant'),
    ('{target}.vehicle_events', 'event_2_check', 'check_event'),
    ('{target}.vehicle_events', 'event_3_queue', 'queue_vehicle_writers'),
    ('{target}.vehicle_events', 'event_4_mileage', 'keep_mileage_order')
) AS wanted (table_name, trigger_name, function_name)
LEFT JOIN pg_catalog.pg_trigger AS guard
    ON
        guard.tgrelid = to_regclass(wanted.table_name)
        AND guard.tgname = wanted.trigger_name
        AND guard.tgfoid IN (
            SELECT routine.oid FROM pg_catalog.pg_proc AS routine
            WHERE
                routine.proname = wanted.function_name
                AND routine.pronamespace = to_regnamespace('private')
        )
WHERE guard.tgname IS NULL OR guard.tgenabled NOT IN ('O', 'A')
ORDER BY subject;

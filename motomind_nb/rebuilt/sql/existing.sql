-- What of the rebuilt schema exists already, partitions and loose functions included.
-- Parameters: none. Columns: object (text, kind and qualified name).
SELECT
    CASE class.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' ELSE 'table ' END
    || schema.nspname || '.' || class.relname AS object
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
WHERE
    class.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (
        (
            schema.nspname = '{target}'
            AND (
                class.relname IN (
                    'tenants', 'users', 'garages', 'vehicles', 'vehicle_events',
                    'vehicle_images', 'reminders', 'vehicle_current_mileage', 'timeline_feed'
                )
                OR class.relname ~ '^vehicle_events_([0-9]{{4}}|default)'
            )
        )
        OR (
            schema.nspname = 'private'
            AND class.relname IN (
                'memberships', 'event_source', 'vehicle_writer', 'erasing', 'job_log',
                'event_partition', 'visible_vehicle', 'timeline', 'timeline_visible',
                'partition_fault', 'reading', 'timeline_freshness', 'waiting_event', 'repeated_event_id'
            )
        )
    )
UNION ALL
SELECT 'function ' || schema.nspname || '.' || routine.proname AS object
FROM pg_catalog.pg_proc AS routine
INNER JOIN pg_catalog.pg_namespace AS schema ON routine.pronamespace = schema.oid
WHERE
    schema.nspname = 'private'
    AND routine.proname IN (
        'is_reading', 'create_partitions', 'move_waiting_events', 'current_tenant', 'current_author',
        'is_member', 'is_erasing', 'fill_tenant', 'drop_given_audit_columns', 'drop_given_created_at',
        'touch_tenant', 'touch_row', 'payload_fault', 'text_fault', 'check_event',
        'refuse_event_change', 'queue_vehicle_writers', 'keep_mileage_order',
        'complete_partition', 'revoke_rights', 'refresh_timeline', 'assert_timeline_fresh',
        'keep_partitions_ahead', 'erase_tenant', 'tenant_rows', 'tenant_only_users',
        'personal_words', 'plain_text', 'erase_public', 'has_tenant', 'erase_legacy', 'legacy_conditions',
        'erase_audit'
    )
ORDER BY object;

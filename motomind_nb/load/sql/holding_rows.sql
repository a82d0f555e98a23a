-- The tables of the target, the quarantine among them, that hold rows. No parameters.
-- Column: text, the names with commas, NULL without any.
SELECT string_agg(held.name, ', ')
FROM (
    SELECT '{target}.tenants' AS name WHERE EXISTS (SELECT FROM {target}.tenants)
    UNION ALL
    SELECT '{target}.users' WHERE EXISTS (SELECT FROM {target}.users)
    UNION ALL
    SELECT '{target}.garages' WHERE EXISTS (SELECT FROM {target}.garages)
    UNION ALL
    SELECT '{target}.vehicles' WHERE EXISTS (SELECT FROM {target}.vehicles)
    UNION ALL
    SELECT '{target}.vehicle_images' WHERE EXISTS (SELECT FROM {target}.vehicle_images)
    UNION ALL
    SELECT '{target}.reminders' WHERE EXISTS (SELECT FROM {target}.reminders)
    UNION ALL
    SELECT '{target}.vehicle_events' WHERE EXISTS (SELECT FROM {target}.vehicle_events)
    UNION ALL
    SELECT 'private.memberships' WHERE EXISTS (SELECT FROM private.memberships)
    UNION ALL
    SELECT 'private.event_source' WHERE EXISTS (SELECT FROM private.event_source)
    UNION ALL
    SELECT 'audit.quarantine' WHERE EXISTS (SELECT FROM audit.quarantine)
    UNION ALL
    SELECT 'audit.disputed' WHERE EXISTS (SELECT FROM audit.disputed)
    UNION ALL
    SELECT 'audit.later_chain' WHERE EXISTS (SELECT FROM audit.later_chain)
) AS held

-- Purpose: foreign keys of tables that are not ours, through which deleting a legacy row would delete or
-- change rows there, uncounted and unlogged. Columns: name (text), action (text).
SELECT
    format('%I on %s', rule.conname, rule.conrelid::regclass) AS name,
    CASE rule.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS action
FROM pg_catalog.pg_constraint AS rule
INNER JOIN pg_catalog.pg_class AS referred ON rule.confrelid = referred.oid
INNER JOIN pg_catalog.pg_class AS held ON rule.conrelid = held.oid
WHERE
    rule.contype = 'f'
    AND rule.conparentid = 0
    AND rule.confdeltype IN ('c', 'n', 'd')
    AND referred.relnamespace IN (to_regnamespace('{source}'), to_regnamespace('{target}'))
    AND held.relnamespace NOT IN (
        SELECT ours.oid
        FROM pg_catalog.pg_namespace AS ours
        WHERE ours.nspname IN ('{source}', 'private', 'audit')
    )
    AND NOT (
        held.relnamespace = to_regnamespace('{target}')
        AND held.relname IN (
            'tenants', 'users', 'garages', 'vehicles', 'vehicle_images', 'reminders', 'vehicle_events'
        )
    )
ORDER BY name

-- Purpose: the columns of the rebuilt tables, by which rollback knows what was added since.
-- Columns: name (text, table.column).
SELECT format('%I.%I.%I', home.nspname, held.relname, part.attname) AS name
FROM pg_catalog.pg_class AS held
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
INNER JOIN pg_catalog.pg_attribute AS part ON held.oid = part.attrelid
WHERE
    held.relkind IN ('r', 'p')
    AND NOT held.relispartition
    AND part.attnum > 0 AND NOT part.attisdropped
    AND (
        home.nspname = 'private'
        OR (
            home.nspname = '{target}'
            AND held.relname IN (
                'tenants', 'users', 'garages', 'vehicles', 'vehicle_images', 'reminders', 'vehicle_events'
            )
        )
    )
ORDER BY name

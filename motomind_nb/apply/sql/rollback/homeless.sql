-- Purpose: what of the rows written since has no column in the old schema, by column and count of rows.
-- Columns: column_name (table.column), rows.
SELECT
    told.column_name,
    told.rows
FROM (
    SELECT 'tenants.deleted_at' AS column_name, count(held.deleted_at) AS rows
    FROM {target}.tenants AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'tenants'
    UNION ALL
    SELECT 'users.deleted_at', count(held.deleted_at)
    FROM {target}.users AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'users'
    UNION ALL
    SELECT 'reminders.deleted_at', count(held.deleted_at)
    FROM {target}.reminders AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'reminders'
    UNION ALL
    SELECT 'users.created_by, updated_by, deleted_by', count(coalesce(held.created_by, held.updated_by, held.deleted_by))
    FROM {target}.users AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'users'
    UNION ALL
    SELECT 'garages.created_by, updated_by, deleted_by', count(coalesce(held.created_by, held.updated_by, held.deleted_by))
    FROM {target}.garages AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'garages'
    UNION ALL
    SELECT 'vehicles.created_by, updated_by, deleted_by', count(coalesce(held.created_by, held.updated_by, held.deleted_by))
    FROM {target}.vehicles AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'vehicles'
    UNION ALL
    SELECT 'vehicle_images.created_by, updated_by, deleted_by', count(coalesce(held.created_by, held.updated_by, held.deleted_by))
    FROM {target}.vehicle_images AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'vehicle_images'
    UNION ALL
    SELECT 'reminders.created_by, updated_by, deleted_by', count(coalesce(held.created_by, held.updated_by, held.deleted_by))
    FROM {target}.reminders AS held
    INNER JOIN pg_temp.motomind_written AS noted ON held.id = noted.key_two AND noted.table_name = 'reminders'
    UNION ALL
    SELECT 'vehicle_events.' || kept.name || ' (kept in payload._rebuilt)', count(*)
    FROM {target}.vehicle_events AS held
    INNER JOIN pg_temp.motomind_written AS noted
        ON
            held.tenant_id = noted.key_one AND held.id = noted.key_two
            AND noted.table_name = 'vehicle_events' AND noted.kind = 'new'
    CROSS JOIN LATERAL (
        VALUES
        ('local_time', held.local_time IS NOT NULL),
        ('time_zone', held.time_zone IS NOT NULL),
        ('zone_source', held.zone_source IS NOT NULL),
        ('supersedes_id', held.supersedes_id IS NOT NULL),
        ('supersedes_date', held.supersedes_date IS NOT NULL),
        ('chain', held.chain > 1),
        ('disputed', held.disputed)
    ) AS kept (name, is_held)
    WHERE kept.is_held
    GROUP BY kept.name
) AS told
WHERE told.rows > 0
ORDER BY told.column_name

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
    -- the values go along in the payload; the next load reads the columns from the old table alone
    SELECT 'vehicle_events.' || lost.column_name || lost.kept, count(*)
    FROM {target}.vehicle_events AS held
    INNER JOIN pg_temp.motomind_written AS noted
        ON held.tenant_id = noted.key_one AND held.id = noted.key_two
        AND noted.table_name = 'vehicle_events' AND noted.kind = 'new'
    LEFT JOIN {target}.vehicles AS vehicle ON held.tenant_id = vehicle.tenant_id AND held.vehicle_id = vehicle.id
    LEFT JOIN {target}.garages AS garage
        ON vehicle.tenant_id = garage.tenant_id AND vehicle.garage_id = garage.id
    CROSS JOIN LATERAL (
        VALUES
        ('local_time', ' (kept in payload._rebuilt)', held.local_time IS NOT NULL),
        (
            'time_zone, zone_source', ' (kept in payload._rebuilt)',
            (held.time_zone, held.zone_source) IS DISTINCT FROM
            (garage.timezone, CASE WHEN garage.timezone IS NOT NULL THEN 'garage' END)
        ),
        ('supersedes_id, supersedes_date', ' (kept in payload._rebuilt)', held.supersedes_id IS NOT NULL),
        (
            'chain, disputed', ' (kept in payload._rebuilt; judged anew by the next load)',
            held.chain > 1 OR held.disputed
        ),
        ('created_at', ' (none becomes the moment of the rollback)', held.created_at IS NULL),
        ('payload', ' (gets the key _rebuilt)', true)
    ) AS lost (column_name, kept, is_lost)
    WHERE lost.is_lost
    GROUP BY lost.column_name, lost.kept
) AS told
WHERE told.rows > 0
ORDER BY told.column_name

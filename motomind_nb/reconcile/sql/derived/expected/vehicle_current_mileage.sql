-- The last reading of each vehicle that is not soft-deleted and whose tenant is not, from the base
-- tables. Readings state miles, are of three types, and neither disputed nor corrected. Of the last day
-- the newest meter (chain) counts, of that the highest miles. Miles, local dates.
-- Parameters: none. Columns: those of vehicle_current_mileage.
WITH reading AS NOT MATERIALIZED (
    SELECT event.*
    FROM {target}.vehicle_events AS event
    WHERE
        event.type IN ('fuel', 'maintenance', 'odometer')
        AND event.miles IS NOT NULL
        AND NOT event.disputed
        AND NOT EXISTS (
            SELECT FROM {target}.vehicle_events AS correction
            WHERE
                correction.supersedes_id IS NOT NULL
                AND (correction.tenant_id, correction.supersedes_id, correction.supersedes_date)
                = (event.tenant_id, event.id, event.date)
        )
),

last_day AS (
    SELECT
        reading.tenant_id,
        reading.vehicle_id,
        max(reading.date) AS date
    FROM reading
    GROUP BY reading.tenant_id, reading.vehicle_id
),

last_reading AS (
    SELECT DISTINCT ON (reading.vehicle_id)
        reading.vehicle_id,
        reading.miles,
        reading.date,
        reading.created_at,
        reading.tenant_id
    FROM reading
    INNER JOIN last_day
        ON
            reading.tenant_id = last_day.tenant_id
            AND reading.vehicle_id = last_day.vehicle_id
            AND reading.date = last_day.date
    ORDER BY
        reading.vehicle_id ASC,
        reading.chain DESC,
        reading.miles DESC,
        reading.local_time DESC NULLS LAST,
        reading.created_at DESC NULLS LAST,
        reading.id ASC
)

SELECT last_reading.*
FROM last_reading
INNER JOIN {target}.vehicles AS vehicle
    ON last_reading.tenant_id = vehicle.tenant_id AND last_reading.vehicle_id = vehicle.id
INNER JOIN {target}.tenants AS tenant ON vehicle.tenant_id = tenant.id
WHERE vehicle.deleted_at IS NULL AND tenant.deleted_at IS NULL

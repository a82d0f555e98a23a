-- The old statistics of odometer readings against the events that replace them, by vehicle. A vehicle
-- with a reading in quarantine may differ. No parameters. Miles; dates are local.
-- Columns: check, subject, expected, found, status, detail, key (text).
WITH rebuilt AS (
    SELECT
        e.vehicle_id,
        e.tenant_id,
        count(*) AS total_readings,
        min(e.miles) AS lowest_mileage,
        max(e.miles) AS highest_mileage,
        min(e.date) AS first_reading_date,
        max(e.date) AS last_reading_date
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    WHERE l.source_table = 'odometer_readings'
        AND ((e.payload ->> 'is_verified')::boolean OR NOT (e.payload ->> 'is_estimated')::boolean)
    GROUP BY e.vehicle_id, e.tenant_id
),

different AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        concat_ws(', ', 'readings: ' || o.total_readings, o.lowest_mileage || ' to ' || o.highest_mileage || ' miles',
            o.first_reading_date || ' to ' || o.last_reading_date) AS before,
        concat_ws(', ', 'readings: ' || n.total_readings, n.lowest_mileage || ' to ' || n.highest_mileage || ' miles',
            n.first_reading_date || ' to ' || n.last_reading_date) AS after
    FROM {source}.odometer_reading_stats AS o
    FULL JOIN rebuilt AS n ON n.tenant_id = o.tenant_id AND n.vehicle_id = o.vehicle_id
    WHERE (o.total_readings, o.lowest_mileage, o.highest_mileage, o.first_reading_date, o.last_reading_date)
        IS DISTINCT FROM
        (n.total_readings, n.lowest_mileage, n.highest_mileage, n.first_reading_date, n.last_reading_date)
)

SELECT
    'views' AS check,
    'odometer_reading_stats' AS subject,
    'the same from the events' AS expected,
    coalesce(nullif(d.before, ''), 'none') || ', rebuilt ' || coalesce(nullif(d.after, ''), 'none') AS found,
    CASE WHEN refused.rows > 0 THEN 'warn' ELSE 'fail' END AS status,
    CASE WHEN refused.rows > 0 THEN 'readings of the vehicle are in quarantine' ELSE '' END AS detail,
    'vehicle ' || d.vehicle_id AS key
FROM different AS d
CROSS JOIN LATERAL (
    SELECT count(DISTINCT q.source_id) AS rows FROM audit.quarantine AS q
    WHERE q.source_table = 'odometer_readings' AND q.source_row ->> 'vehicle_id' = d.vehicle_id::text
) AS refused
UNION ALL
SELECT 'views', 'odometer_reading_stats', 'the same from the events', 'the same from the events', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM different)

-- The latest odometer reading of each vehicle, old view against events. Known faults: the old view puts
-- a reading without a time behind every other of its day (descending order puts NULL first), and
-- counts readings that contradict the history. No parameters. Miles; dates are local.
-- Columns: check, subject, expected, found, status, detail, key (text).
WITH rebuilt AS (
    SELECT DISTINCT ON (e.tenant_id, e.vehicle_id)
        e.vehicle_id,
        e.tenant_id,
        e.miles,
        e.date
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    WHERE l.source_table = 'odometer_readings'
    ORDER BY e.tenant_id, e.vehicle_id, e.date DESC, e.local_time DESC, e.created_at DESC, e.miles
),

different AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        o.mileage || ' miles on ' || o.reading_date AS before,
        n.miles || ' miles on ' || n.date AS after,
        o.reading_date IS NOT DISTINCT FROM n.date AS same_day
    FROM {source}.latest_odometer_readings AS o
    FULL JOIN rebuilt AS n ON n.vehicle_id = o.vehicle_id
    WHERE (o.mileage, o.reading_date) IS DISTINCT FROM (n.miles, n.date)
)

SELECT
    'views' AS check,
    'latest_odometer_readings' AS subject,
    'the same from the events' AS expected,
    coalesce(d.before, 'none') || ', rebuilt ' || coalesce(d.after, 'none') AS found,
    CASE WHEN refused.rows > 0 OR tie.rows > 1 THEN 'warn' ELSE 'fail' END AS status,
    CASE
        WHEN refused.rows > 0 THEN 'readings of the vehicle are in quarantine'
        WHEN tie.rows > 1 THEN 'several readings of one day and time: the old view picks one by chance'
        ELSE ''
    END AS detail,
    'vehicle ' || d.vehicle_id AS key
FROM different AS d
CROSS JOIN LATERAL (
    SELECT count(DISTINCT q.source_id) AS rows FROM audit.quarantine AS q
    WHERE q.source_table = 'odometer_readings' AND q.source_row ->> 'vehicle_id' = d.vehicle_id::text
) AS refused
CROSS JOIN LATERAL (
    SELECT CASE WHEN d.same_day THEN count(*) ELSE 0 END AS rows
    FROM {source}.odometer_readings AS r
    WHERE r.vehicle_id = d.vehicle_id
        AND r.reading_date = (SELECT max(x.reading_date) FROM {source}.odometer_readings AS x WHERE x.vehicle_id = d.vehicle_id)
) AS tie
UNION ALL
SELECT 'views', 'latest_odometer_readings', 'the same from the events', 'the same from the events', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM different)

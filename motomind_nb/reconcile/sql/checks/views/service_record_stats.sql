-- The old statistics of service records against the events that replace them, by vehicle. A vehicle
-- with a record in quarantine may differ. The old view adds amounts up across currencies: a known
-- fault, repeated here only to compare. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (text).
WITH rebuilt AS (
    SELECT
        e.vehicle_id,
        e.tenant_id,
        count(*) AS total_services,
        sum((e.payload ->> 'total_amount')::numeric) AS total_spent,
        min(e.date) AS first_service_date,
        max(e.date) AS last_service_date,
        count(DISTINCT e.payload ->> 'kind') AS service_types_count
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    WHERE l.source_table = 'service_records' AND (e.payload ->> 'is_verified')::boolean
    GROUP BY e.vehicle_id, e.tenant_id
),

different AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        concat_ws(', ', 'services: ' || o.total_services || ', types: ' || o.service_types_count, o.total_spent || ' spent',
            o.first_service_date || ' to ' || o.last_service_date) AS before,
        concat_ws(', ', 'services: ' || n.total_services || ', types: ' || n.service_types_count, n.total_spent || ' spent',
            n.first_service_date || ' to ' || n.last_service_date) AS after
    FROM {source}.service_record_stats AS o
    FULL JOIN rebuilt AS n ON n.tenant_id = o.tenant_id AND n.vehicle_id = o.vehicle_id
    WHERE (o.total_services, o.total_spent, o.first_service_date, o.last_service_date, o.service_types_count)
        IS DISTINCT FROM
        (n.total_services, n.total_spent, n.first_service_date, n.last_service_date, n.service_types_count)
)

SELECT
    'views' AS check,
    'service_record_stats' AS subject,
    'the same from the events' AS expected,
    coalesce(nullif(d.before, ''), 'none') || ', rebuilt ' || coalesce(nullif(d.after, ''), 'none') AS found,
    CASE WHEN refused.rows > 0 THEN 'warn' ELSE 'fail' END AS status,
    CASE WHEN refused.rows > 0 THEN 'records of the vehicle are in quarantine' ELSE '' END AS detail,
    'vehicle ' || d.vehicle_id AS key
FROM different AS d
CROSS JOIN LATERAL (
    SELECT count(DISTINCT q.source_id) AS rows FROM audit.quarantine AS q
    WHERE q.source_table = 'service_records' AND q.source_row ->> 'vehicle_id' = d.vehicle_id::text
) AS refused
UNION ALL
SELECT 'views', 'service_record_stats', 'the same from the events', 'the same from the events', 'ok',
    'the old view adds amounts up across currencies; the rebuilt schema keeps the currency of each', NULL
WHERE NOT EXISTS (SELECT FROM different)

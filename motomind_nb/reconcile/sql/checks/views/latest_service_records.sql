-- The latest service of each vehicle, old view against events: date, kind and cost (in the currency of
-- the record). No parameters. Columns: check, subject, expected, found, status, detail, key (text).
WITH rebuilt AS (
    SELECT DISTINCT ON (e.tenant_id, e.vehicle_id)
        e.vehicle_id,
        e.tenant_id,
        e.date,
        e.payload ->> 'kind' AS kind,
        (e.payload ->> 'total_amount')::numeric AS total_amount
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    WHERE l.source_table = 'service_records'
    ORDER BY e.tenant_id, e.vehicle_id, e.date DESC, e.created_at DESC, e.payload ->> 'kind' COLLATE "C"
),

different AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        o.service_date || ': ' || o.service_type || ', ' || o.total_cost AS before,
        n.date || ': ' || n.kind || ', ' || n.total_amount AS after,
        o.service_date IS NOT DISTINCT FROM n.date AS same_day
    FROM {source}.latest_service_records AS o
    FULL JOIN rebuilt AS n ON n.vehicle_id = o.vehicle_id
    WHERE (o.service_date, o.service_type, o.total_cost) IS DISTINCT FROM (n.date, n.kind, n.total_amount)
)

SELECT
    'views' AS check,
    'latest_service_records' AS subject,
    'the same from the events' AS expected,
    coalesce(d.before, 'none') || ', rebuilt ' || coalesce(d.after, 'none') AS found,
    CASE WHEN refused.rows > 0 OR tie.rows > 1 THEN 'warn' ELSE 'fail' END AS status,
    CASE
        WHEN refused.rows > 0 THEN 'records of the vehicle are in quarantine'
        WHEN tie.rows > 1 THEN 'several records of one day: the old view picks one by chance'
        ELSE ''
    END AS detail,
    'vehicle ' || d.vehicle_id AS key
FROM different AS d
CROSS JOIN LATERAL (
    SELECT count(DISTINCT q.source_id) AS rows FROM audit.quarantine AS q
    WHERE q.source_table = 'service_records' AND q.source_row ->> 'vehicle_id' = d.vehicle_id::text
) AS refused
CROSS JOIN LATERAL (
    SELECT CASE WHEN d.same_day THEN count(*) ELSE 0 END AS rows
    FROM {source}.service_records AS r
    WHERE r.vehicle_id = d.vehicle_id
        AND r.service_date = (SELECT max(x.service_date) FROM {source}.service_records AS x WHERE x.vehicle_id = d.vehicle_id)
) AS tie
UNION ALL
SELECT 'views', 'latest_service_records', 'the same from the events', 'the same from the events', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM different)

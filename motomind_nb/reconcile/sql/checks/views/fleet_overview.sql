-- The vehicles of each garage: the old view against the rebuilt tables. Known fault: the old view joins
-- reminders and so counts a vehicle once for each of them; where its number is that product it is a
-- note, because it does so wherever a vehicle has several; else a failure. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (the garage; text; NULL with ok).
SELECT
    'views' AS check,
    'fleet_overview' AS subject,
    'the same number of vehicles in each garage' AS expected,
    CASE
        WHEN o.total_vehicles = n.vehicles THEN 'so it is'
        ELSE 'vehicles: ' || coalesce(o.total_vehicles || ' in the old view', 'no such garage in the old view')
        || ', ' || coalesce(n.vehicles || ' in the rebuilt table', 'no such garage in the rebuilt table')
    END AS found,
    CASE
        WHEN o.total_vehicles = n.vehicles THEN 'ok'
        WHEN o.total_vehicles = n.product THEN 'note'
        WHEN refused.rows > 0 THEN 'warn'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN o.total_vehicles = n.vehicles THEN ''
        WHEN o.total_vehicles = n.product THEN 'the old view counts a vehicle once for each of its reminders'
        WHEN refused.rows > 0 THEN 'rows of this garage are in quarantine'
        ELSE 'the garage has lost vehicles, or has others than before'
    END AS detail,
    CASE WHEN o.total_vehicles <> n.vehicles OR num_nulls(o.garage_id, n.garage_id) > 0
        THEN 'garage ' || coalesce(o.garage_id, n.garage_id) END AS key
FROM {source}.fleet_overview AS o
FULL JOIN (
    SELECT
        g.tenant_id,
        g.id AS garage_id,
        count(DISTINCT v.id) AS vehicles,
        count(v.id) AS product
    FROM {target}.garages AS g
    LEFT JOIN {target}.vehicles AS v ON v.tenant_id = g.tenant_id AND v.garage_id = g.id AND v.deleted_at IS NULL
    LEFT JOIN {target}.reminders AS r ON r.tenant_id = v.tenant_id AND r.vehicle_id = v.id
    WHERE g.deleted_at IS NULL
    GROUP BY g.tenant_id, g.id
) AS n ON n.tenant_id = o.tenant_id AND n.garage_id = o.garage_id
CROSS JOIN LATERAL (
    SELECT count(*) AS rows
    FROM audit.quarantine AS q
    LEFT JOIN {source}.vehicles AS v ON v.id::text = coalesce(q.source_row ->> 'vehicle_id', q.source_id)
    WHERE q.source_table IN ('garages', 'vehicles', 'reminders')
        AND coalesce(v.garage_id::text, q.source_id) = coalesce(o.garage_id, n.garage_id)::text
) AS refused

-- The rebuilt current mileage equals the highest undisputed reading of a vehicle's last day, found by a
-- query of its own: a witness, which does not use private.reading. No parameters. Miles; dates are local.
-- Columns: check, subject, expected, found, status, detail, key (the vehicle; text).
WITH reading AS NOT MATERIALIZED (
    SELECT
        e.tenant_id,
        e.vehicle_id,
        e.date,
        e.chain,
        e.miles
    FROM {target}.vehicle_events AS e
    WHERE e.type <> 'document' AND e.miles IS NOT NULL AND NOT e.disputed
        AND NOT EXISTS (
            SELECT FROM {target}.vehicle_events AS c
            WHERE c.tenant_id = e.tenant_id AND c.supersedes_id = e.id AND c.supersedes_date = e.date
        )
),

last_day AS (
    SELECT
        r.tenant_id,
        r.vehicle_id,
        max(r.date) AS date
    FROM reading AS r
    GROUP BY r.tenant_id, r.vehicle_id
),

of_last_day AS (
    SELECT
        r.*,
        rank() OVER (PARTITION BY r.tenant_id, r.vehicle_id ORDER BY r.chain DESC) AS age
    FROM reading AS r
    INNER JOIN last_day AS l ON l.tenant_id = r.tenant_id AND l.vehicle_id = r.vehicle_id AND l.date = r.date
),

true_mileage AS (
    SELECT
        r.vehicle_id,
        r.tenant_id,
        r.date,
        max(r.miles) AS miles
    FROM of_last_day AS r
    INNER JOIN {target}.vehicles AS v ON v.tenant_id = r.tenant_id AND v.id = r.vehicle_id AND v.deleted_at IS NULL
    INNER JOIN {target}.tenants AS t ON t.id = v.tenant_id AND t.deleted_at IS NULL
    WHERE r.age = 1
    GROUP BY r.vehicle_id, r.tenant_id, r.date
),

wrong AS (
    SELECT
        coalesce(t.vehicle_id, n.vehicle_id) AS vehicle_id,
        t.miles || ' miles on ' || t.date AS expected,
        n.miles || ' miles on ' || n.date AS found
    FROM true_mileage AS t
    FULL JOIN {target}.vehicle_current_mileage AS n ON n.vehicle_id = t.vehicle_id
    WHERE (t.miles, t.date) IS DISTINCT FROM (n.miles, n.date)
)

SELECT
    'current mileage' AS check,
    'vehicle_current_mileage' AS subject,
    'the last undisputed reading of each vehicle' AS expected,
    coalesce(w.found, 'no row') || ' instead of ' || coalesce(w.expected, 'no reading') AS found,
    'fail' AS status,
    'the rebuilt view shows something else: make it anew from schema/target' AS detail,
    'vehicle ' || w.vehicle_id AS key
FROM wrong AS w
UNION ALL
SELECT 'current mileage', 'vehicle_current_mileage', 'the last undisputed reading of each vehicle', 'so it is', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM wrong)

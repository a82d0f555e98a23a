-- The current mileage. First: the rebuilt view equals the highest undisputed reading of a vehicle's last
-- day, found by a separate query. Then: where the old view differs, the reason. Known faults of the
-- old view: it sees neither fuel logs nor odometer readings nor service records, orders a day by the
-- time of typing, takes contradicting readings for current and shows soft-deleted vehicles.
-- No parameters. Miles; dates are local. Columns: check, subject, expected, actual, status, detail.
WITH reading AS (
    SELECT
        e.tenant_id,
        e.vehicle_id,
        e.date,
        e.miles,
        rank() OVER (PARTITION BY e.tenant_id, e.vehicle_id ORDER BY e.date DESC, e.chain DESC) AS age
    FROM public.vehicle_events AS e
    WHERE e.type <> 'document' AND e.miles IS NOT NULL AND NOT e.disputed
        AND NOT EXISTS (
            SELECT FROM public.vehicle_events AS c
            WHERE c.tenant_id = e.tenant_id AND c.supersedes_id = e.id AND c.supersedes_date = e.date
        )
),

true_mileage AS (
    SELECT
        r.vehicle_id,
        r.tenant_id,
        r.date,
        max(r.miles) AS miles
    FROM reading AS r
    INNER JOIN public.vehicles AS v ON v.tenant_id = r.tenant_id AND v.id = r.vehicle_id AND v.deleted_at IS NULL
    INNER JOIN public.tenants AS t ON t.id = v.tenant_id AND t.deleted_at IS NULL
    WHERE r.age = 1
    GROUP BY r.vehicle_id, r.tenant_id, r.date
),

wrong AS (
    SELECT
        coalesce(t.vehicle_id, n.vehicle_id) AS vehicle_id,
        t.miles || ' miles on ' || t.date AS expected,
        n.miles || ' miles on ' || n.date AS actual
    FROM true_mileage AS t
    FULL JOIN public.vehicle_current_mileage AS n ON n.vehicle_id = t.vehicle_id
    WHERE (t.miles, t.date) IS DISTINCT FROM (n.miles, n.date)
),

other AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        o.miles || ' miles on ' || o.date AS before,
        n.miles || ' miles on ' || n.date AS after,
        v.deleted_at,
        d.source_id AS disputed,
        q.source_id AS refused
    FROM legacy.vehicle_current_mileage AS o
    FULL JOIN public.vehicle_current_mileage AS n ON n.vehicle_id = o.vehicle_id
    LEFT JOIN legacy.vehicles AS v ON v.id = coalesce(o.vehicle_id, n.vehicle_id)
    LEFT JOIN legacy.vehicle_events AS e ON e.vehicle_id = o.vehicle_id AND e.date = o.date AND e.miles = o.miles
    LEFT JOIN audit.disputed AS d ON d.source_table = 'vehicle_events' AND d.source_id = e.id
    LEFT JOIN audit.quarantine AS q ON q.source_table = 'vehicle_events' AND q.source_id = e.id::text
    WHERE (o.miles, o.date) IS DISTINCT FROM (n.miles, n.date)
)

(
    SELECT
        'views' AS check,
        'vehicle_current_mileage of vehicle ' || w.vehicle_id AS subject,
        coalesce(w.expected, 'no reading') AS expected,
        coalesce(w.actual, 'no row') AS actual,
        'fail' AS status,
        'the rebuilt view does not show the last undisputed reading' AS detail
    FROM wrong AS w
    ORDER BY w.vehicle_id
    LIMIT 100
)
UNION ALL
SELECT 'views', 'vehicle_current_mileage', 'the last undisputed reading of each vehicle', 'so it is', 'ok', ''
WHERE NOT EXISTS (SELECT FROM wrong)
UNION ALL
(
    SELECT DISTINCT ON (o.vehicle_id)
        'views old mileage',
        'vehicle ' || o.vehicle_id,
        coalesce('old view: ' || o.before, 'old view: no row'),
        coalesce('rebuilt view: ' || o.after, 'rebuilt view: no row'),
        'warn',
        CASE
            WHEN o.deleted_at IS NOT NULL THEN 'the vehicle is soft-deleted: the old view shows it all the same'
            WHEN o.refused IS NOT NULL THEN 'the old view shows a reading that is in quarantine'
            WHEN o.disputed IS NOT NULL THEN 'the old view shows a reading that contradicts the history'
            WHEN o.before IS NULL THEN 'the old view sees no readings outside vehicle_events'
            ELSE 'the old view sees no readings outside vehicle_events and orders a day by the time of typing'
        END
    FROM other AS o
    ORDER BY o.vehicle_id, o.refused COLLATE "C", o.disputed
    LIMIT 100
)

-- Where the old current mileage differs from the rebuilt one, and the reason. Known faults of the old
-- view: it sees neither fuel logs nor odometer readings nor service records, orders a day by the time
-- of typing, takes contradicting readings for current and shows soft-deleted vehicles.
-- No parameters. Miles; dates are local. Columns: check, subject, expected, actual, status, detail.
WITH other AS (
    SELECT
        coalesce(o.vehicle_id, n.vehicle_id) AS vehicle_id,
        o.miles || ' miles on ' || o.date AS before,
        n.miles || ' miles on ' || n.date AS after,
        v.deleted_at,
        d.source_id AS disputed,
        q.source_id AS refused
    FROM {source}.vehicle_current_mileage AS o
    FULL JOIN {target}.vehicle_current_mileage AS n ON n.vehicle_id = o.vehicle_id
    LEFT JOIN {source}.vehicles AS v ON v.id = coalesce(o.vehicle_id, n.vehicle_id)
    LEFT JOIN {source}.vehicle_events AS e ON e.vehicle_id = o.vehicle_id AND e.date = o.date AND e.miles = o.miles
    LEFT JOIN audit.disputed AS d ON d.source_table = 'vehicle_events' AND d.source_id = e.id
    LEFT JOIN audit.quarantine AS q ON q.source_table = 'vehicle_events' AND q.source_id = e.id::text
    WHERE (o.miles, o.date) IS DISTINCT FROM (n.miles, n.date)
)

(
    SELECT DISTINCT ON (o.vehicle_id)
        'views' AS check,
        'vehicle_current_mileage of vehicle ' || o.vehicle_id AS subject,
        coalesce('old view: ' || o.before, 'old view: no row') AS expected,
        coalesce('rebuilt view: ' || o.after, 'rebuilt view: no row') AS actual,
        'warn' AS status,
        CASE
            WHEN o.deleted_at IS NOT NULL THEN 'the vehicle is soft-deleted: the old view shows it all the same'
            WHEN o.refused IS NOT NULL THEN 'the old view shows a reading that is in quarantine'
            WHEN o.disputed IS NOT NULL THEN 'the old view shows a reading that contradicts the history'
            WHEN o.before IS NULL THEN 'the old view sees no readings outside vehicle_events'
            ELSE 'the old view sees no readings outside vehicle_events and orders a day by the time of typing'
        END AS detail
    FROM other AS o
    ORDER BY o.vehicle_id, o.refused COLLATE "C", o.disputed
    LIMIT 100
)
UNION ALL
SELECT 'views', 'vehicle_current_mileage', 'the same', 'the same', 'ok', ''
WHERE NOT EXISTS (SELECT FROM other)

-- Where the old current mileage differs from the rebuilt one, and the reason. Known faults of the old
-- view: it sees neither fuel logs nor odometer readings nor service records, orders a day by the time
-- of typing, takes contradicting readings for current and shows soft-deleted vehicles.
-- No parameters. Miles; dates are local.
-- Columns: check, subject, expected, found, status, detail, key (the vehicle; text).
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
        'vehicle_current_mileage' AS subject,
        'the same' AS expected,
        coalesce(o.before, 'no row') || ', rebuilt ' || coalesce(o.after, 'no row') AS found,
        'warn' AS status,
        CASE
            WHEN o.deleted_at IS NOT NULL THEN 'the vehicle is soft-deleted: the old view shows it all the same'
            WHEN o.refused IS NOT NULL THEN 'the old view shows a reading that is in quarantine'
            WHEN o.disputed IS NOT NULL THEN 'the old view shows a reading that contradicts the history'
            ELSE 'the old view sees no readings outside vehicle_events and orders a day by the time of typing'
        END AS detail,
        'vehicle ' || o.vehicle_id AS key
    FROM other AS o
    ORDER BY o.vehicle_id, o.refused COLLATE "C", o.disputed
)
UNION ALL
SELECT 'views', 'vehicle_current_mileage', 'the same', 'the same', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM other)

-- What should stay empty: rows in the default partition, ids used twice, incomplete partitions.
-- Parameters: none. Columns: topic, subject, expected, found, status, detail (all text), one
-- row for each fault and one row with status ok for each check without one.
WITH fault AS (
    SELECT
        'default partition' AS topic,
        coalesce(waiting.year::text, 'no year') AS subject,
        '0 events' AS expected,
        waiting.events || CASE waiting.events WHEN 1 THEN ' event' ELSE ' events' END AS found,
        'warn' AS status,
        'dates that no yearly partition holds' AS detail
    FROM private.waiting_event AS waiting
    UNION ALL
    SELECT
        'event ids' AS topic,
        repeated.id::text AS subject,
        '1 event' AS expected,
        repeated.events || ' events' AS found,
        'fail' AS status,
        'one id on several dates' AS detail
    FROM private.repeated_event_id AS repeated
    UNION ALL
    SELECT
        'partitions complete' AS topic,
        fault.partition::text AS subject,
        'as vehicle_events' AS expected,
        fault.fault AS found,
        'fail' AS status,
        'run private.complete_partition on it' AS detail
    FROM private.partition_fault AS fault
)
SELECT
    fault.topic,
    fault.subject,
    fault.expected,
    fault.found,
    fault.status,
    fault.detail
FROM fault
UNION ALL
SELECT
    wanted.topic,
    'vehicle_events' AS subject,
    'none' AS expected,
    'none' AS found,
    'ok' AS status,
    wanted.detail
FROM (
    VALUES
    ('default partition', 'no event waits for a partition'),
    ('event ids', 'no id is used twice'),
    ('partitions complete', 'policies, guards, indexes and no grants on each')
) AS wanted (topic, detail)
WHERE NOT EXISTS (SELECT FROM fault WHERE fault.topic = wanted.topic)
ORDER BY 1, 2, 4;

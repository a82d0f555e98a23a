-- An event id may be used once, on one date, and a source row may lead to one event. No parameters.
-- What is used twice is found by its key alone; only then is it looked at.
-- Columns: check, subject, expected, found, status, detail, key (the id; text).
WITH twice AS (
    SELECT
        'vehicle_events: one id on several dates' AS subject,
        'event ' || e.id AS key,
        'on ' || string_agg(e.date::text, ', ' ORDER BY e.date) AS found
    FROM {target}.vehicle_events AS e
    WHERE e.id IN (SELECT x.id FROM {target}.vehicle_events AS x GROUP BY x.id HAVING count(*) > 1)
    GROUP BY e.id
    UNION ALL
    SELECT
        'private.event_source: one event from several rows',
        'event ' || l.event_id,
        'from ' || string_agg(l.source_table || ' ' || l.source_id, ', ' ORDER BY l.source_table COLLATE "C", l.source_id)
    FROM private.event_source AS l
    WHERE l.event_id IN (SELECT x.event_id FROM private.event_source AS x GROUP BY x.event_id HAVING count(*) > 1)
    GROUP BY l.event_id
    UNION ALL
    SELECT
        'private.event_source: several events from one row',
        l.source_table || ' ' || l.source_id,
        'leads to ' || string_agg(l.event_id::text, ', ' ORDER BY l.event_id)
    FROM private.event_source AS l
    WHERE (l.source_table, l.source_id) IN (
        SELECT x.source_table, x.source_id FROM private.event_source AS x
        GROUP BY x.source_table, x.source_id
        HAVING count(*) > 1
    )
    GROUP BY l.source_table, l.source_id
)

SELECT
    'event ids' AS check,
    twice.subject,
    'used once' AS expected,
    twice.found,
    'fail' AS status,
    'an id names one event: find which of them is the row of the source' AS detail,
    twice.key
FROM twice
UNION ALL
SELECT 'event ids', 'vehicle_events', 'every id used once', 'every id used once', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM twice)

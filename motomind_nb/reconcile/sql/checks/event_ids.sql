-- An event id may be used once, on one date, and a source row may lead to one event. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
WITH twice AS (
    SELECT
        'event ' || e.id AS subject,
        'on ' || string_agg(e.date::text, ', ' ORDER BY e.date) AS actual
    FROM {target}.vehicle_events AS e
    GROUP BY e.id
    HAVING count(*) > 1
    UNION ALL
    SELECT
        'event ' || l.event_id,
        'from ' || string_agg(l.source_table || ' ' || l.source_id, ', ' ORDER BY l.source_table COLLATE "C", l.source_id)
    FROM private.event_source AS l
    GROUP BY l.event_id
    HAVING count(*) > 1
    UNION ALL
    SELECT
        l.source_table || ' ' || l.source_id,
        'leads to ' || string_agg(l.event_id::text, ', ' ORDER BY l.event_id)
    FROM private.event_source AS l
    GROUP BY l.source_table, l.source_id
    HAVING count(*) > 1
)

(
    SELECT
        'event ids' AS check,
        twice.subject,
        'used once' AS expected,
        twice.actual,
        'fail' AS status,
        'an id names one event' AS detail
    FROM twice
    ORDER BY twice.subject COLLATE "C"
    LIMIT 100
)
UNION ALL
SELECT 'event ids', 'vehicle_events', 'every id used once', 'every id used once', 'ok', ''
WHERE NOT EXISTS (SELECT FROM twice)

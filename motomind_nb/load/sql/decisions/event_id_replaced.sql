-- Events whose id an earlier source uses as well: they got a derived id. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load event id replaced' AS check,
    s.source_table || ' ' || s.source_id AS subject,
    'an id that no other source uses' AS expected,
    'one that an earlier source uses as well' AS actual,
    'warn' AS status,
    'the event has the id ' || s.event_id AS detail
FROM private.event_source AS s
WHERE s.event_id <> s.source_id

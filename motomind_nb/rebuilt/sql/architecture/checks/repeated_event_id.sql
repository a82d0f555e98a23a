-- Event ids that several events carry, on different dates; the first 20.
-- Parameters: none. Columns: subject, expected, actual, detail (text).
SELECT
    repeated.id::text AS subject,
    '1 event' AS expected,
    repeated.events || ' events' AS actual,
    'the key of an event is its id and date' AS detail
FROM private.repeated_event_id AS repeated
ORDER BY subject
LIMIT 20;

-- Years of events that wait in the default partition.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    coalesce(waiting.year::text, 'no year') AS subject,
    '0 events' AS expected,
    waiting.events || CASE waiting.events WHEN 1 THEN ' event' ELSE ' events' END AS found,
    'motomind maintain makes the partition' AS detail
FROM private.waiting_event AS waiting
ORDER BY subject;

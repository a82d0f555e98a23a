-- Events whose id an earlier source uses as well, one finding for each source: they got a derived id.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load event id replaced' AS check,
    s.source_table || '.id' AS subject,
    'ids that no other source uses' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' whose id an earlier source uses as well'
        AS found,
    'warn' AS status,
    'the events have derived ids, listed in private.event_source; first: ' || min(s.source_id::text) AS detail
FROM private.event_source AS s
WHERE s.event_id <> s.source_id
GROUP BY s.source_table

-- Events dated more than 30 days from today, which a live INSERT would refuse: one finding for each
-- source. No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load late date' AS check,
    s.source_table AS subject,
    'dates up to 30 days from today' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' later, the last on ' || max(s.event_date)
    || ', first ' || min(s.source_id::text) AS found,
    'warn' AS status,
    'loaded as they are; a live INSERT would be refused' AS detail
FROM private.event_source AS s
WHERE s.event_date > CURRENT_DATE + 30
GROUP BY s.source_table

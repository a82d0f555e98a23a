-- Events dated more than 30 days from today, which a live INSERT would refuse. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load late date' AS check,
    s.source_table || ' ' || s.source_id AS subject,
    'a date up to 30 days from today' AS expected,
    s.event_date::text AS actual,
    'warn' AS status,
    'loaded as it is; a live INSERT would be refused' AS detail
FROM private.event_source AS s
WHERE s.event_date > CURRENT_DATE + 30

-- Readings loaded as disputed, one finding for each source; all are in audit.disputed.
-- No parameters. Columns: check, subject, expected, actual, status, detail.
SELECT
    'load disputed' AS check,
    d.source_table AS subject,
    'histories that never decrease' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' reading' ELSE ' readings' END || ' of '
    || count(DISTINCT d.vehicle_id) || CASE count(DISTINCT d.vehicle_id) WHEN 1 THEN ' vehicle' ELSE ' vehicles' END
    || ', first ' || min(d.source_id::text) AS actual,
    'warn' AS status,
    'loaded as disputed, listed in audit.disputed' AS detail
FROM audit.disputed AS d
GROUP BY d.source_table

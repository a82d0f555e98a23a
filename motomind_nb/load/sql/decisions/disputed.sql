-- Readings loaded as disputed, one finding for each source; all are in audit.disputed.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load disputed' AS check,
    d.source_table AS subject,
    'histories that never decrease' AS expected,
    sum(d.readings) || CASE sum(d.readings) WHEN 1 THEN ' reading' ELSE ' readings' END || ' of '
    || v.vehicles || CASE v.vehicles WHEN 1 THEN ' vehicle' ELSE ' vehicles' END
        AS found,
    'warn' AS status,
    'loaded as disputed, listed in audit.disputed: '
    || string_agg(d.reason || ' ' || d.readings, ', ' ORDER BY d.reason COLLATE "C")
    || '; first: ' || min(d.first) AS detail
FROM (
    SELECT
        source_table,
        reason,
        count(*) AS readings,
        min(source_id::text) AS first
    FROM audit.disputed
    GROUP BY source_table, reason
) AS d
INNER JOIN (
    SELECT
        source_table,
        count(DISTINCT vehicle_id) AS vehicles
    FROM audit.disputed
    GROUP BY source_table
) AS v ON d.source_table = v.source_table
GROUP BY d.source_table, v.vehicles

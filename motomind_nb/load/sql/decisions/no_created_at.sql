-- Events without a time of creation. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load no created at' AS check,
    absent.source || '.created_at' AS subject,
    'the time of creation' AS expected,
    absent.rows || CASE absent.rows WHEN 1 THEN ' row' ELSE ' rows' END || ' without' AS found,
    'warn' AS status,
    'stays empty: no time is invented' AS detail
FROM (
    SELECT 'odometer_readings' AS source, count(*) AS rows FROM {source}.odometer_readings AS o WHERE o.created_at IS NULL
    UNION ALL
    SELECT 'fuel_logs', count(*) FROM {source}.fuel_logs AS f WHERE f.created_at IS NULL
    UNION ALL
    SELECT 'service_records', count(*) FROM {source}.service_records AS s WHERE s.created_at IS NULL
) AS absent
WHERE absent.rows > 0

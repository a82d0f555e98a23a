-- The years in which staged events lie, ascending. No parameters. Column: year (integer).
SELECT DISTINCT extract(YEAR FROM day.date)::integer AS year
FROM (
    SELECT e.date FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT o.reading_date FROM {source}.odometer_readings AS o
    UNION ALL
    SELECT f.date FROM {source}.fuel_logs AS f
    UNION ALL
    SELECT s.service_date FROM {source}.service_records AS s
) AS day
WHERE day.date >= DATE '1900-01-01' AND isfinite(day.date)
ORDER BY year

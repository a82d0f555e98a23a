-- Events that may record one fact twice: same vehicle, type, date, time, miles and amount. Two rows
-- of one stop (fuel and a second product) differ in one of these. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load likely duplicate' AS check,
    'vehicle ' || e.vehicle_id || ', ' || e.type || ' of ' || e.date AS subject,
    'one event' AS expected,
    count(*) || ' with ' || e.miles || ' miles' AS actual,
    'warn' AS status,
    'all are loaded: ' || string_agg(e.id::text, ', ' ORDER BY e.id) AS detail
FROM {target}.vehicle_events AS e
WHERE e.miles IS NOT NULL
GROUP BY
    e.tenant_id, e.vehicle_id, e.type, e.date, e.local_time, e.miles, e.payload ->> 'total_amount'
HAVING count(*) > 1
ORDER BY e.vehicle_id, e.type, e.date, e.miles, min(e.id::text)
LIMIT 100

-- Events that may record one fact twice: same vehicle, type, date, time, miles and amount. Two rows
-- of one stop (fuel and a second product) differ in one of these. One finding for each type.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load likely duplicate' AS check,
    'vehicle_events of type ' || fact.type AS subject,
    'one event for each fact' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' fact' ELSE ' facts' END || ' in ' || sum(fact.events) || ' events'
        AS found,
    'warn' AS status,
    'all are loaded; first: ' || min(fact.first) AS detail
FROM (
    SELECT
        e.type,
        count(*) AS events,
        min(e.id::text) AS first
    FROM {target}.vehicle_events AS e
    WHERE e.miles IS NOT NULL
    GROUP BY
        e.tenant_id, e.vehicle_id, e.type, e.date, e.local_time, e.miles, e.payload ->> 'total_amount'
    HAVING count(*) > 1
) AS fact
GROUP BY fact.type

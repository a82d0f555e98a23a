-- Amounts that a legacy payload holds as text, one finding for each key. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load amount as text' AS check,
    'vehicle_events.payload.' || amount.key AS subject,
    'a number' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row with a text' ELSE ' rows with a text' END AS found,
    'warn' AS status,
    'loaded as written; first: ' || min(e.id::text) AS detail
FROM audit.loadable_vehicle_events AS e
CROSS JOIN (
    VALUES ('total_amount'), ('gallons'), ('price_per_gallon'), ('tax_amount'), ('total_cost'), ('labor_cost'),
    ('parts_cost')
) AS amount (key)
WHERE jsonb_typeof(e.payload) = 'object' AND jsonb_typeof(e.payload -> amount.key) = 'string'
GROUP BY amount.key

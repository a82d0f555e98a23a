-- Amounts that a legacy payload holds as text. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load amount as text' AS check,
    'vehicle_events ' || e.id AS subject,
    amount.key || ' as a number' AS expected,
    'the text ' || (e.payload -> amount.key)::text AS actual,
    'warn' AS status,
    'loaded as written' AS detail
FROM audit.loadable_vehicle_events AS e
CROSS JOIN (
    VALUES ('total_amount'), ('gallons'), ('price_per_gallon'), ('tax_amount'), ('total_cost'), ('labor_cost'),
    ('parts_cost')
) AS amount (key)
WHERE jsonb_typeof(e.payload) = 'object' AND jsonb_typeof(e.payload -> amount.key) = 'string'

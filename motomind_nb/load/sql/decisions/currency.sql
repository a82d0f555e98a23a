-- Amounts in a currency other than US dollars, or in none. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load currency' AS check,
    paid.source || ' in ' || coalesce(paid.currency, 'no currency') AS subject,
    'USD' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END AS found,
    'warn' AS status,
    'each amount keeps its currency; never add them up across currencies' AS detail
FROM (
    SELECT 'fuel_logs' AS source, f.currency FROM {source}.fuel_logs AS f
    UNION ALL
    SELECT 'service_records', s.currency FROM {source}.service_records AS s
) AS paid
WHERE paid.currency IS DISTINCT FROM 'USD'
GROUP BY paid.source, paid.currency

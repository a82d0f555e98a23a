-- Vehicles of the year 2020, which an earlier script wrote where none was known. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load fabricated year' AS check,
    'vehicles ' || v.id AS subject,
    'a year from papers' AS expected,
    '2020, which a script wrote where none was known' AS actual,
    'warn' AS status,
    'carried over; the decoded data says ' || coalesce(v.enrichment ->> 'year', 'nothing') AS detail
FROM {target}.vehicles AS v
WHERE v.year = 2020
    AND (jsonb_typeof(v.enrichment) = 'object' AND v.enrichment ->> 'year' = '2020') IS NOT TRUE

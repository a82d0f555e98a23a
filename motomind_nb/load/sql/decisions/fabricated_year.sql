-- Vehicles of the year 2020, which an earlier script wrote where none was known: one finding for
-- those whose decoded data names another year, one for those that nothing is decoded of.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load fabricated year' AS check,
    'vehicles.year, decoded data says ' || year.decoded AS subject,
    'a year from papers' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' of 2020, which a script wrote where none was known, first '
    || min(v.id::text) AS found,
    'warn' AS status,
    'carried over' AS detail
FROM {target}.vehicles AS v
CROSS JOIN LATERAL (
    SELECT CASE WHEN v.enrichment ->> 'year' IS NULL THEN 'nothing' ELSE 'another year' END AS decoded
) AS year
WHERE v.year = 2020
    AND (jsonb_typeof(v.enrichment) = 'object' AND v.enrichment ->> 'year' = '2020') IS NOT TRUE
GROUP BY year.decoded

-- Fuel logs that a rule of the events refuses go to audit.quarantine: a date that is not one from
-- 1900-01-01 on, negative miles, an amount that is not a number (JSON has none such), negative, or
-- missing. No parameters. Amounts in the currency of the row, volumes in gallons.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'fuel_logs',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'date_range' THEN 'the date must lie after 1899 and be finite, found ' || broken.date
        WHEN 'negative_miles' THEN 'miles must not be negative, found ' || broken.odometer_reading
        WHEN 'not_a_number' THEN 'an amount, volume or coordinate is NaN'
        WHEN 'negative_amount' THEN 'total_amount and gallons must not be negative'
        ELSE 'a fuel event needs a positive total_amount or gallons'
    END,
    to_jsonb(whole.*)
FROM (
    SELECT
        f.id,
        f.tenant_id,
        f.date,
        f.odometer_reading,
        CASE
            WHEN f.date < DATE '1900-01-01' OR NOT isfinite(f.date) THEN 'date_range'
            WHEN f.odometer_reading < 0 THEN 'negative_miles'
            -- NaN is the greatest of all numbers
            WHEN greatest(
                f.total_amount, f.gallons, f.price_per_gallon, f.tax_amount, f.location_lat, f.location_lng,
                f.confidence_score
            ) = 'NaN' THEN 'not_a_number'
            WHEN f.total_amount < 0 OR f.gallons < 0 THEN 'negative_amount'
            WHEN (f.total_amount > 0) IS NOT TRUE AND (f.gallons > 0) IS NOT TRUE THEN 'no_amount'
        END AS rule
    FROM legacy.fuel_logs AS f
) AS broken
INNER JOIN legacy.fuel_logs AS whole ON whole.id = broken.id
WHERE broken.rule IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'fuel_logs' AND q.source_id = broken.id::text
    )

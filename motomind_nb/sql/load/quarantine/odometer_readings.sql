-- Odometer readings that a rule of the events refuses go to audit.quarantine: no miles, negative
-- miles, or a date that is not one from 1900-01-01 on. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'odometer_readings',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'date_range' THEN 'the date must lie after 1899 and be finite, found ' || broken.reading_date
        WHEN 'no_miles' THEN 'an odometer event needs miles'
        ELSE 'miles must not be negative, found ' || broken.mileage
    END,
    to_jsonb(whole.*)
FROM (
    SELECT
        o.*,
        CASE
            WHEN o.reading_date < DATE '1900-01-01' OR NOT isfinite(o.reading_date) THEN 'date_range'
            WHEN o.mileage IS NULL THEN 'no_miles'
            WHEN o.mileage < 0 THEN 'negative_miles'
        END AS rule
    FROM legacy.odometer_readings AS o
) AS broken
INNER JOIN legacy.odometer_readings AS whole ON whole.id = broken.id
WHERE broken.rule IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'odometer_readings' AND q.source_id = broken.id::text
    )

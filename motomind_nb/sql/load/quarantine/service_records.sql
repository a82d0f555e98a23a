-- Service records that a rule of the events refuses go to audit.quarantine: a date that is not one
-- from 1900-01-01 on, negative miles, a cost that is not a number (JSON has none such), no kind of
-- service. No parameters. Costs in the currency of the row.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'service_records',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'date_range' THEN 'the date must lie after 1899 and be finite, found ' || broken.service_date
        WHEN 'negative_miles' THEN 'miles must not be negative, found ' || broken.odometer_reading
        WHEN 'not_a_number' THEN 'a cost is NaN'
        ELSE 'a maintenance event needs a kind of service that is not blank'
    END,
    to_jsonb(whole.*)
FROM (
    SELECT
        s.id,
        s.tenant_id,
        s.service_date,
        s.odometer_reading,
        CASE
            WHEN s.service_date < DATE '1900-01-01' OR NOT isfinite(s.service_date) THEN 'date_range'
            WHEN s.odometer_reading < 0 THEN 'negative_miles'
            -- NaN is the greatest of all numbers
            WHEN greatest(s.total_cost, s.labor_cost, s.parts_cost, s.tax_amount, s.confidence_score) = 'NaN'
                THEN 'not_a_number'
            WHEN (s.service_type ~ '\S') IS NOT TRUE THEN 'no_kind'
        END AS rule
    FROM legacy.service_records AS s
) AS broken
INNER JOIN legacy.service_records AS whole ON whole.id = broken.id
WHERE broken.rule IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'service_records' AND q.source_id = broken.id::text
    )

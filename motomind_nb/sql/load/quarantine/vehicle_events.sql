-- Legacy events that a rule of the events refuses go to audit.quarantine: a date that is not one
-- from 1900-01-01 on, miles negative or missing where the type needs them, a payload that is no
-- object or lacks what its type must state. An amount kept as text is not refused: it is loaded as
-- written, with a warning. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'vehicle_events',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'date_range' THEN 'the date must lie after 1899 and be finite, found ' || broken.date
        WHEN 'negative_miles' THEN 'miles must not be negative, found ' || broken.miles
        WHEN 'no_miles' THEN 'an odometer event needs miles'
        WHEN 'payload_not_object'
            THEN 'payload must be a JSON object, found ' || coalesce(jsonb_typeof(broken.payload), 'NULL')
        WHEN 'amount_type' THEN 'total_amount and gallons must be numbers, found another JSON type'
        WHEN 'negative_amount' THEN 'total_amount and gallons must not be negative'
        WHEN 'no_amount' THEN 'a fuel event needs a positive total_amount or gallons'
        WHEN 'no_kind' THEN 'a maintenance event needs kind or service_type as text, not blank'
        ELSE 'a document event needs doc_type as text, not blank'
    END,
    to_jsonb(whole.*)
FROM (
    SELECT
        e.id,
        e.tenant_id,
        e.date,
        e.miles,
        e.payload,
        CASE
            WHEN e.date < DATE '1900-01-01' OR NOT isfinite(e.date) THEN 'date_range'
            WHEN e.miles < 0 THEN 'negative_miles'
            WHEN e.type = 'odometer' AND e.miles IS NULL THEN 'no_miles'
            WHEN coalesce(jsonb_typeof(e.payload), 'null') <> 'object' THEN 'payload_not_object'
            WHEN e.type = 'fuel' THEN
                CASE
                    WHEN coalesce(jsonb_typeof(e.payload -> 'total_amount'), 'null')
                        NOT IN ('null', 'number', 'string')
                        OR coalesce(jsonb_typeof(e.payload -> 'gallons'), 'null')
                        NOT IN ('null', 'number', 'string')
                        THEN 'amount_type'
                    -- the path sees numbers only, so that no text is ever cast
                    WHEN e.payload @@ '$.total_amount < 0 || $.gallons < 0' THEN 'negative_amount'
                    WHEN (e.payload @@ '$.total_amount > 0 || $.gallons > 0') IS NOT TRUE
                        AND (jsonb_typeof(e.payload -> 'total_amount') = 'string') IS NOT TRUE
                        AND (jsonb_typeof(e.payload -> 'gallons') = 'string') IS NOT TRUE
                        THEN 'no_amount'
                END
            WHEN e.type = 'maintenance' AND (
                coalesce(jsonb_typeof(e.payload -> 'kind'), 'null') NOT IN ('null', 'string')
                OR coalesce(jsonb_typeof(e.payload -> 'service_type'), 'null') NOT IN ('null', 'string')
                OR (concat(e.payload ->> 'kind', e.payload ->> 'service_type') ~ '\S') IS NOT TRUE
            ) THEN 'no_kind'
            WHEN e.type = 'document' AND (
                (jsonb_typeof(e.payload -> 'doc_type') = 'string') IS NOT TRUE
                OR (e.payload ->> 'doc_type' ~ '\S') IS NOT TRUE
            ) THEN 'no_doc_type'
        END AS rule
    FROM legacy.vehicle_events AS e
) AS broken
INNER JOIN legacy.vehicle_events AS whole ON whole.id = broken.id
WHERE broken.rule IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'vehicle_events' AND q.source_id = broken.id::text
    )

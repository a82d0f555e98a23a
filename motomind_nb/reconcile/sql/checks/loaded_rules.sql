-- Purpose: events that were loaded although a rule refuses them. A witness: the rules that no
-- constraint of the table states stand here once more, on purpose, and share nothing with the load.
-- Amounts of rows from vehicle_events may be text, which the load tells as a warning.
-- Columns: check, subject, expected, found, status, detail, key (the source row; text).
WITH judged AS (
    SELECT
        event.id,
        event.date,
        CASE
            WHEN jsonb_typeof(event.payload) <> 'object' THEN 'a payload that is no object'
            WHEN event.date < DATE '1900-01-01' OR NOT isfinite(event.date)
                THEN 'a date that is not finite or before 1900'
            WHEN
                event.legacy_row IS NOT NULL AND NOT event.legacy_row ? 'payload'
                -- the first path is quick and true of few; unknown, as of numbers, must not let the second run
                AND (event.payload @@ '$.* == "NaN"') IS TRUE
                AND jsonb_path_exists(
                    event.payload,
                    '$.keyvalue() ? (@.value == "NaN" && @.key like_regex "amount|gallon|cost|location_l|score")'
                )
                THEN 'an amount, volume or coordinate that is NaN'
            WHEN event.type = 'fuel' AND event.payload @@ '$.total_amount < 0 || $.gallons < 0'
                THEN 'an amount or volume below 0'
            WHEN
                event.type = 'fuel' AND NOT coalesce(event.payload @@ '$.total_amount > 0 || $.gallons > 0', false)
                AND NOT jsonb_path_exists(event.payload, '$ ? (@.total_amount.type() == "string" || @.gallons.type() == "string")')
                THEN 'fuel without an amount and a volume'
            WHEN
                event.type = 'maintenance'
                AND NOT jsonb_path_exists(event.payload, '$ ? (@.kind like_regex "\\S" || @.service_type like_regex "\\S")')
                THEN 'maintenance without its kind'
            WHEN event.type = 'document' AND NOT jsonb_path_exists(event.payload, '$.doc_type ? (@ like_regex "\\S")')
                THEN 'a document without its type'
        END AS fault
    FROM {target}.vehicle_events AS event
),

broken AS (
    SELECT
        judged.fault,
        coalesce(origin.source_table, 'vehicle_events') || ' ' || coalesce(origin.source_id, judged.id) AS key
    FROM judged
    LEFT JOIN private.event_source AS origin ON judged.id = origin.event_id AND judged.date = origin.event_date
    WHERE judged.fault IS NOT NULL
)

SELECT
    'loaded rules' AS check,
    'vehicle_events: ' || broken.fault AS subject,
    'in quarantine' AS expected,
    'loaded' AS found,
    'fail' AS status,
    'a rule of the target refuses such rows' AS detail,
    broken.key
FROM broken
UNION ALL
SELECT 'loaded rules', 'all events', 'no event that a rule refuses', 'none', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM broken)

-- Purpose: legacy events that break a rule of public.vehicle_events.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_vehicles: the vehicles that were not refused; of_a_vehicle, of_an_event: the queries of
-- these names.
-- Rule: type has a mapping | odometer, maintenance, fuel or document | the run is refused
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: odometer event has miles | public.vehicle_events (miles) | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
-- Rule: document states no miles | only events that state an odometer count | loaded, without a part in the mileage
-- Rule: payload is an object | public.vehicle_events.payload | quarantined
-- Rule: fuel has an amount | a positive total_amount or gallons, none of them negative | quarantined
-- Rule: amounts are numbers | JSON numbers, not text | loaded as written, with a warning
-- Rule: maintenance says its kind | kind or service_type, not blank | quarantined
-- Rule: document says its type | doc_type, not blank | quarantined
-- Load rule: vehicle exists | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
-- Load rule: vehicle is loaded | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    its.vehicle_exists AS "vehicle exists",
    its.tenant_is_the_vehicles AS "tenant is the vehicle's",
    its.vehicle_is_loaded AS "vehicle is loaded",
    an.date_is_plausible AS "date is plausible",
    an.date_is_not_far_ahead AS "date is not far ahead",
    an.miles_are_not_negative AS "miles are not negative",
    CASE
        WHEN staged.type = 'odometer' AND staged.miles IS NULL THEN 'no_miles: an odometer event needs miles'
    END AS "odometer event has miles",
    CASE
        WHEN coalesce(jsonb_typeof(staged.payload), 'null') <> 'object'
            THEN
                'payload_not_object: payload must be a JSON object, found '
                || coalesce(jsonb_typeof(staged.payload), 'NULL')
    END AS "payload is an object",
    CASE
        WHEN (staged.type = 'fuel' AND jsonb_typeof(staged.payload) = 'object') IS NOT TRUE THEN NULL
        WHEN coalesce(jsonb_typeof(staged.payload -> 'total_amount'), 'null') NOT IN ('null', 'number', 'string')
            OR coalesce(jsonb_typeof(staged.payload -> 'gallons'), 'null') NOT IN ('null', 'number', 'string')
            THEN 'amount_type: total_amount and gallons must be numbers, found another JSON type'
        -- the path sees numbers only, so that no text is ever cast
        WHEN staged.payload @@ '$.total_amount < 0 || $.gallons < 0'
            THEN 'negative_amount: total_amount and gallons must not be negative'
        WHEN (staged.payload @@ '$.total_amount > 0 || $.gallons > 0') IS NOT TRUE
            AND (jsonb_typeof(staged.payload -> 'total_amount') = 'string') IS NOT TRUE
            AND (jsonb_typeof(staged.payload -> 'gallons') = 'string') IS NOT TRUE
            THEN 'no_amount: a fuel event needs a positive total_amount or gallons'
    END AS "fuel has an amount",
    CASE
        WHEN staged.type = 'maintenance' AND (
            coalesce(jsonb_typeof(staged.payload -> 'kind'), 'null') NOT IN ('null', 'string')
            OR coalesce(jsonb_typeof(staged.payload -> 'service_type'), 'null') NOT IN ('null', 'string')
            OR (concat(staged.payload ->> 'kind', staged.payload ->> 'service_type') ~ '\S') IS NOT TRUE
        ) THEN 'no_kind: a maintenance event needs kind or service_type as text, not blank'
    END AS "maintenance says its kind",
    CASE
        WHEN staged.type = 'document' AND (
            (jsonb_typeof(staged.payload -> 'doc_type') = 'string') IS NOT TRUE
            OR (staged.payload ->> 'doc_type' ~ '\S') IS NOT TRUE
        ) THEN 'no_doc_type: a document event needs doc_type as text, not blank'
    END AS "document says its type",
    CASE
        WHEN (staged.type IN ('odometer', 'maintenance', 'fuel', 'document')) IS NOT TRUE
            THEN 'unknown_type: type has no mapping: ' || coalesce(staged.type, 'NULL')
    END AS "type has a mapping",
    CASE
        WHEN staged.type = 'document' AND staged.miles IS NOT NULL
            THEN 'document_miles: a document states ' || staged.miles || ' miles'
    END AS "document states no miles",
    CASE
        WHEN staged.type = 'fuel' AND 'string' IN (
            jsonb_typeof(staged.payload -> 'total_amount'), jsonb_typeof(staged.payload -> 'gallons')
        ) THEN 'amount_as_text: total_amount or gallons is text'
    END AS "amounts are numbers"
FROM {source}.vehicle_events AS staged
LEFT JOIN {source}.vehicles AS vehicle ON vehicle.id = staged.vehicle_id
LEFT JOIN {kept_vehicles} AS kept ON kept.id = staged.vehicle_id
CROSS JOIN LATERAL ({of_a_vehicle}) AS its
CROSS JOIN LATERAL ({of_an_event}) AS an

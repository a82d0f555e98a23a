-- Purpose: events that break a rule of public.vehicle_events. Columns: key (text), one for each rule: true where broken.
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
SELECT
    event.id::text AS key,
    (event.type NOT IN ('odometer', 'maintenance', 'fuel', 'document')) AS "type has a mapping",
    (event.date < DATE '1900-01-01' OR NOT isfinite(event.date)) AS "date is plausible",
    (event.date > (event.created_at AT TIME ZONE 'UTC')::date + 30) AS "date is not far ahead",
    (event.miles < 0) AS "miles are not negative",
    (event.type = 'odometer' AND event.miles IS NULL) AS "odometer event has miles",
    (vehicle.tenant_id <> event.tenant_id) AS "tenant is the vehicle's",
    (event.type = 'document' AND event.miles IS NOT NULL) AS "document states no miles",
    (jsonb_typeof(event.payload) <> 'object') AS "payload is an object",
    (
        event.type = 'fuel' AND jsonb_typeof(event.payload) = 'object' AND (
        event.payload @@ '$.total_amount < 0 || $.gallons < 0'
        OR (event.payload @@ '$.total_amount > 0 || $.gallons > 0') IS NOT TRUE
        AND (jsonb_typeof(event.payload -> 'total_amount') = 'string') IS NOT TRUE
        AND (jsonb_typeof(event.payload -> 'gallons') = 'string') IS NOT TRUE
        )
    ) AS "fuel has an amount",
    (
        event.type = 'fuel' AND 'string' IN (
        jsonb_typeof(event.payload -> 'total_amount'), jsonb_typeof(event.payload -> 'gallons')
        )
    ) AS "amounts are numbers",
    (
        event.type = 'maintenance' AND NOT (
        coalesce(event.payload ->> 'kind' ~ '\S', FALSE)
        OR coalesce(event.payload ->> 'service_type' ~ '\S', FALSE)
        )
    ) AS "maintenance says its kind",
    (event.type = 'document' AND NOT coalesce(event.payload ->> 'doc_type' ~ '\S', FALSE)) AS "document says its type"
FROM legacy.vehicle_events AS event
LEFT JOIN legacy.vehicles AS vehicle ON vehicle.id = event.vehicle_id

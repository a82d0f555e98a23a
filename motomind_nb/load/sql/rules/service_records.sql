-- Purpose: service records that break a rule of public.vehicle_events. Costs are in the currency of
-- the row.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_vehicles: the vehicles that were not refused; of_a_vehicle, of_an_event: the queries of
-- these names.
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: maintenance says its kind | service_type, not blank | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
-- Load rule: costs are numbers | JSON has no NaN | quarantined
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
        -- NaN is the greatest of all numbers
        WHEN greatest(
            staged.total_cost, staged.labor_cost, staged.parts_cost, staged.tax_amount, staged.confidence_score
        ) = 'NaN' THEN 'not_a_number: a cost is NaN'
    END AS "costs are numbers",
    CASE
        WHEN (staged.service_type ~ '\S') IS NOT TRUE
            THEN 'no_kind: a maintenance event needs a kind of service that is not blank'
    END AS "maintenance says its kind"
FROM (
    SELECT
        *,
        service_date AS date,
        odometer_reading AS miles
    FROM {source}.service_records
) AS staged
LEFT JOIN {source}.vehicles AS vehicle ON vehicle.id = staged.vehicle_id
LEFT JOIN {kept_vehicles} AS kept ON kept.id = staged.vehicle_id
CROSS JOIN LATERAL ({of_a_vehicle}) AS its
CROSS JOIN LATERAL ({of_an_event}) AS an

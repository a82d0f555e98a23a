-- Purpose: fuel logs that break a rule of public.vehicle_events. Amounts are in the currency of the
-- row, volumes in gallons.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_vehicles: the vehicles that were not refused; of_a_vehicle, of_an_event: the queries of
-- these names.
-- Rule: date is plausible | public.vehicle_events: from 1900-01-01 on | quarantined
-- Rule: date is not far ahead | at most 30 days after the row was written | loaded with a warning
-- Rule: miles are not negative | public.vehicle_events (miles) | quarantined
-- Rule: fuel has an amount | a positive total_amount or gallons, none of them negative or NaN | quarantined
-- Rule: tenant is the vehicle's | public.vehicle_events: key (tenant_id, vehicle_id) | quarantined
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
        -- NaN, which JSON has not, is the greatest of all numbers
        WHEN greatest(
            staged.total_amount, staged.gallons, staged.price_per_gallon, staged.tax_amount,
            staged.location_lat, staged.location_lng, staged.confidence_score
        ) = 'NaN' THEN 'not_a_number: an amount, volume or coordinate is NaN'
        WHEN staged.total_amount < 0 OR staged.gallons < 0
            THEN 'negative_amount: total_amount and gallons must not be negative'
        WHEN (staged.total_amount > 0) IS NOT TRUE AND (staged.gallons > 0) IS NOT TRUE
            THEN 'no_amount: a fuel event needs a positive total_amount or gallons'
    END AS "fuel has an amount"
FROM (
    SELECT
        *,
        odometer_reading AS miles
    FROM {source}.fuel_logs
) AS staged
LEFT JOIN {source}.vehicles AS vehicle ON vehicle.id = staged.vehicle_id
LEFT JOIN {kept_vehicles} AS kept ON kept.id = staged.vehicle_id
CROSS JOIN LATERAL ({of_a_vehicle}) AS its
CROSS JOIN LATERAL ({of_an_event}) AS an

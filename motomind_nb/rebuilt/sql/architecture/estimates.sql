-- The mileage per gallon that the application can show for each visible vehicle: measured over
-- its fuel events (miles between the first and the last, gallons of all but the first), or,
-- until there are two, what the manufacturer states.
-- Parameters: none. Columns: vehicle (text), fuel_events (bigint), manufacturer_mpg,
-- measured_mpg, estimate_mpg (numeric, miles per gallon), basis (text).
WITH fuel AS (
    SELECT
        event.tenant_id,
        event.vehicle_id,
        event.miles,
        CASE
            WHEN jsonb_typeof(event.payload -> 'gallons') = 'number'
                THEN (event.payload ->> 'gallons')::numeric
        END AS gallons,
        row_number() OVER (
            PARTITION BY event.tenant_id, event.vehicle_id
            ORDER BY event.date, event.local_time, event.miles, event.id
        ) AS position
    FROM {target}.vehicle_events AS event
    WHERE event.type = 'fuel' AND NOT event.disputed
),

measured AS (
    SELECT
        fuel.tenant_id,
        fuel.vehicle_id,
        count(*) AS fuel_events,
        CASE
            WHEN
                count(*) > 1 AND count(*) = count(fuel.miles) AND count(*) = count(fuel.gallons)
                AND max(fuel.miles) > min(fuel.miles)
                THEN round(
                    (max(fuel.miles) - min(fuel.miles))
                    / nullif(sum(fuel.gallons) FILTER (WHERE fuel.position > 1), 0), 1
                )
        END AS measured_mpg
    FROM fuel
    GROUP BY fuel.tenant_id, fuel.vehicle_id
)

SELECT
    vehicle.nickname AS vehicle,
    coalesce(measured.fuel_events, 0) AS fuel_events,
    vehicle.manufacturer_mpg,
    measured.measured_mpg,
    coalesce(measured.measured_mpg, vehicle.manufacturer_mpg) AS estimate_mpg,
    CASE
        WHEN measured.measured_mpg IS NOT NULL THEN 'fuel events'
        WHEN vehicle.manufacturer_mpg IS NOT NULL THEN 'manufacturer'
        ELSE 'unknown'
    END AS basis
FROM {target}.vehicles AS vehicle
INNER JOIN private.visible_vehicle AS visible
    ON vehicle.tenant_id = visible.tenant_id AND vehicle.id = visible.id
LEFT JOIN measured
    ON vehicle.tenant_id = measured.tenant_id AND vehicle.id = measured.vehicle_id
ORDER BY vehicle.nickname COLLATE "C", vehicle.id;

-- The readings of each vehicle that the load maps, packed: one row a vehicle.
-- %(sources)s: the four event sources, the most trusted first.
-- Columns: vehicle_id; readings, bytes, 34 for each reading, in no order: days since 1970-01-01
-- (infinity: the highest and lowest integer), microseconds since local midnight (-1: unknown),
-- miles (integer, miles), place of its source in %(sources)s (smallint), source id (uuid).
-- Documents state no odometer.
SELECT
    reading.vehicle_id,
    string_agg(
        int4send(CASE reading.date
            WHEN 'infinity' THEN 2147483647
            WHEN '-infinity' THEN -2147483648
            ELSE reading.date - date '1970-01-01'
        END)
        || int8send(coalesce(extract(EPOCH FROM reading.local_time) * 1000000, -1)::bigint)
        || int4send(reading.miles)
        || int2send(reading.source)
        || uuid_send(reading.id),
        ''::bytea
    ) AS readings
FROM (
    SELECT
        array_position(%(sources)s::text[], 'vehicle_events')::smallint AS source,
        e.id, e.vehicle_id, e.date, NULL::time AS local_time, e.miles
    FROM audit.loadable_vehicle_events AS e
    WHERE private.is_reading(e.type, e.miles, false)
    UNION ALL
    SELECT
        array_position(%(sources)s::text[], 'odometer_readings')::smallint,
        o.id, o.vehicle_id, o.reading_date, o.reading_time, o.mileage
    FROM audit.loadable_odometer_readings AS o
    UNION ALL
    SELECT
        array_position(%(sources)s::text[], 'fuel_logs')::smallint,
        f.id, f.vehicle_id, f.date, f.time, f.odometer_reading
    FROM audit.loadable_fuel_logs AS f
    UNION ALL
    SELECT
        array_position(%(sources)s::text[], 'service_records')::smallint,
        s.id, s.vehicle_id, s.service_date, NULL::time, s.odometer_reading
    FROM audit.loadable_service_records AS s
) AS reading
WHERE reading.miles IS NOT NULL
GROUP BY reading.vehicle_id
ORDER BY reading.vehicle_id

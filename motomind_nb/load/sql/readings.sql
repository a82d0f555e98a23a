-- The readings of each vehicle in the order of its history, packed for one pass: one row a vehicle.
-- %(sources)s: the four event sources, the most trusted first.
-- Columns: vehicle_id; readings, bytes, 22 for each reading in order: miles (integer, miles),
-- place of its source in %(sources)s (smallint), source id (uuid).
-- Order: local date; then local time, where a reading without one stands behind the last reading
-- of its day that does not exceed it; then miles. Documents state no odometer.
SELECT
    placed.vehicle_id,
    string_agg(
        int4send(placed.miles) || int2send(placed.source) || uuid_send(placed.id),
        ''::bytea ORDER BY placed.date, placed.place NULLS FIRST, placed.miles, placed.source, placed.id
    ) AS readings
FROM (
    SELECT
        reading.*,
        coalesce(reading.local_time, max(reading.local_time) OVER (
            PARTITION BY reading.tenant_id, reading.vehicle_id, reading.date ORDER BY reading.miles
        )) AS place
    FROM (
        SELECT
            array_position(%(sources)s::text[], 'vehicle_events')::smallint AS source,
            e.id, e.tenant_id, e.vehicle_id, e.date, NULL::time AS local_time, e.miles
        FROM audit.loadable_vehicle_events AS e
        WHERE private.is_reading(e.type, e.miles, false)
        UNION ALL
        SELECT
            array_position(%(sources)s::text[], 'odometer_readings')::smallint,
            o.id, o.tenant_id, o.vehicle_id, o.reading_date, o.reading_time, o.mileage
        FROM audit.loadable_odometer_readings AS o
        UNION ALL
        SELECT
            array_position(%(sources)s::text[], 'fuel_logs')::smallint,
            f.id, f.tenant_id, f.vehicle_id, f.date, f.time, f.odometer_reading
        FROM audit.loadable_fuel_logs AS f
        UNION ALL
        SELECT
            array_position(%(sources)s::text[], 'service_records')::smallint,
            s.id, s.tenant_id, s.vehicle_id, s.service_date, NULL::time, s.odometer_reading
        FROM audit.loadable_service_records AS s
    ) AS reading
    WHERE reading.miles IS NOT NULL
) AS placed
GROUP BY placed.tenant_id, placed.vehicle_id
ORDER BY placed.tenant_id, placed.vehicle_id

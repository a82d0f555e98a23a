-- The readings that the load should have judged, packed as load.judged_readings takes them.
-- A witness: which staged rows are readings, and which are loaded, stands here once more, on purpose;
-- nothing is shared with the load's own query. %(sources)s: the event sources, the most trusted first.
-- Columns: vehicle_id; readings (bytes, no order), for each one the days since 1970 (4 bytes), the
-- microseconds since midnight, -1 without a time (8), the miles (4), the place of its source (2), its id (16).
WITH stated AS (
    SELECT id, vehicle_id, service_date AS day, NULL::time AS clock, odometer_reading AS miles, 'service_records' AS place
    FROM {source}.service_records
    UNION ALL
    SELECT id, vehicle_id, date, time, odometer_reading, 'fuel_logs'
    FROM {source}.fuel_logs
    UNION ALL
    SELECT id, vehicle_id, reading_date, reading_time, mileage, 'odometer_readings'
    FROM {source}.odometer_readings
    UNION ALL
    SELECT id, vehicle_id, date, NULL, miles, 'vehicle_events'
    FROM {source}.vehicle_events
    WHERE type = ANY(ARRAY['fuel', 'maintenance', 'odometer'])
),

refused AS (
    SELECT DISTINCT source_table, source_id
    FROM audit.quarantine
),

trusted AS (
    SELECT name, ordinality::smallint AS rank
    FROM unnest(%(sources)s::text[]) WITH ORDINALITY AS listed (name, ordinality)
)

SELECT
    stated.vehicle_id,
    string_agg(
        packed.written,
        ''::bytea
    ) AS readings
FROM stated
INNER JOIN trusted ON trusted.name = stated.place
LEFT JOIN refused ON refused.source_table = stated.place AND refused.source_id = stated.id::text
CROSS JOIN LATERAL (
    SELECT
        int4send(CASE WHEN isfinite(stated.day) THEN stated.day - 'epoch'::date
            WHEN stated.day > 'epoch'::date THEN 2147483647 ELSE -2147483648 END)
        || int8send(coalesce(round(date_part('epoch', stated.clock) * 1e6)::bigint, -1))
        || int4send(stated.miles) || int2send(trusted.rank) || uuid_send(stated.id) AS written
) AS packed
WHERE stated.miles IS NOT NULL AND refused.source_id IS NULL
GROUP BY stated.vehicle_id

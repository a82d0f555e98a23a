-- The readings of both sides, packed, one row for each vehicle of either side, in order of vehicle.
-- Holes: before, after (queries with columns vehicle_id, date, time, miles, source, id).
-- %(sources)s: the names of the sources; a reading holds the place of its own, 0 for any other.
-- Columns: vehicle_id; before, after (bytes, NULL without readings): 30 bytes for each reading, in
-- no order: days since 1970-01-01 (infinity: the highest and lowest integer), whole seconds since midnight (-1: unknown), miles (lowest integer:
-- none), place of the source, id.
SELECT
    vehicle_id,
    one.packed AS before,
    two.packed AS after
FROM (
    SELECT
        reading.vehicle_id,
        string_agg(
            int4send(CASE reading.date
                WHEN 'infinity' THEN 2147483647
                WHEN '-infinity' THEN -2147483648
                ELSE reading.date - date '1970-01-01'
            END)
            || int4send(coalesce(floor(extract(EPOCH FROM reading.time)), -1)::integer)
            || int4send(coalesce(reading.miles, -2147483648))
            || int2send(coalesce(array_position(%(sources)s::text[], reading.source), 0)::smallint)
            || uuid_send(reading.id),
            ''::bytea
        ) AS packed
    FROM ({before}) AS reading
    GROUP BY reading.vehicle_id
) AS one
FULL JOIN (
    SELECT
        reading.vehicle_id,
        string_agg(
            int4send(CASE reading.date
                WHEN 'infinity' THEN 2147483647
                WHEN '-infinity' THEN -2147483648
                ELSE reading.date - date '1970-01-01'
            END)
            || int4send(coalesce(floor(extract(EPOCH FROM reading.time)), -1)::integer)
            || int4send(coalesce(reading.miles, -2147483648))
            || int2send(coalesce(array_position(%(sources)s::text[], reading.source), 0)::smallint)
            || uuid_send(reading.id),
            ''::bytea
        ) AS packed
    FROM ({after}) AS reading
    GROUP BY reading.vehicle_id
) AS two USING (vehicle_id)
ORDER BY vehicle_id

-- What timeline_feed shows its owner, as a number and a sum of its rows' marks: that of the timeline's
-- row, with the vehicle's name. Holes: held, the query of its rows; mark, of a row of the timeline.
-- Parameters: none. Columns: rows; total (numeric, no unit).
SELECT
    count(*) AS rows,
    coalesce(sum(hash_record_extended(row(record_send(row(feed.vehicle_name))), {mark})), 0) AS total
FROM ({held}) AS feed
CROSS JOIN LATERAL (
    SELECT
        feed.tenant_id,
        feed.vehicle_id,
        feed.id,
        feed.date,
        feed.local_time,
        feed.time_zone,
        feed.type,
        feed.miles,
        feed.payload,
        feed.disputed,
        feed.superseded,
        feed.created_at
) AS held

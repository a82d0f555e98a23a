-- What timeline_feed shows its owner. Parameters: none. Columns: those of timeline_feed.
SELECT
    feed.id,
    feed.tenant_id,
    feed.vehicle_id,
    feed.vehicle_name,
    feed.type,
    feed.date,
    feed.local_time,
    feed.time_zone,
    feed.miles,
    feed.payload,
    feed.disputed,
    feed.superseded,
    feed.created_at
FROM {target}.timeline_feed AS feed

-- What private.timeline holds. Parameters: none. Columns: those of private.timeline.
SELECT
    timeline.tenant_id,
    timeline.vehicle_id,
    timeline.id,
    timeline.date,
    timeline.local_time,
    timeline.time_zone,
    timeline.type,
    timeline.miles,
    timeline.payload,
    timeline.disputed,
    timeline.superseded,
    timeline.created_at
FROM private.timeline AS timeline

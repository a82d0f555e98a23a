-- What the feed must show its owner, from the base tables: the events that private.timeline holds, of
-- vehicles that are not soft-deleted and whose tenant is not. What private.timeline lacks is told there.
-- Only LEFT JOINs: of an inner one on several columns the planner, to whom they are independent, expects
-- next to nothing, and would look up a million rows one by one.
-- Holes: corrected and visible (queries). Parameters: none. Columns: those of timeline_feed.
SELECT
    event.id,
    event.tenant_id,
    event.vehicle_id,
    visible.nickname AS vehicle_name,
    event.type,
    event.date,
    event.local_time,
    event.time_zone,
    event.miles,
    event.payload,
    event.disputed,
    corrected.id IS NOT NULL AS superseded,
    event.created_at
FROM {target}.vehicle_events AS event
LEFT JOIN ({visible}) AS visible ON event.tenant_id = visible.tenant_id AND event.vehicle_id = visible.id
LEFT JOIN ({corrected}) AS corrected
    ON
        event.tenant_id = corrected.tenant_id
        AND event.id = corrected.id
        AND event.date = corrected.date
LEFT JOIN (
    SELECT
        timeline.id,
        timeline.date,
        true AS seen
    FROM private.timeline AS timeline
) AS held ON event.id = held.id AND event.date = held.date
WHERE coalesce(visible.shown, false) AND coalesce(held.seen, false)

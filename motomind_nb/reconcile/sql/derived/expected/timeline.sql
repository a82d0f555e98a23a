-- What private.timeline must hold, from the base tables: every event. One is superseded once its
-- correction is among those that a refresh has seen: held by the timeline, or loaded before the first.
-- Holes: corrected (a query). Parameters: none. Columns: those of private.timeline.
SELECT
    event.tenant_id,
    event.vehicle_id,
    event.id,
    event.date,
    event.local_time,
    event.time_zone,
    event.type,
    event.miles,
    event.payload,
    event.disputed,
    corrected.id IS NOT NULL AS superseded,
    event.created_at
FROM {target}.vehicle_events AS event
LEFT JOIN ({corrected}) AS corrected
    ON
        event.tenant_id = corrected.tenant_id
        AND event.id = corrected.id
        AND event.date = corrected.date

-- What private.timeline must hold, from the base tables: every event. One is superseded once its
-- correction is among those that a refresh has seen: held by the timeline, or loaded before the first.
-- Parameters: none. Columns: those of private.timeline.
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
LEFT JOIN (
    SELECT DISTINCT
        correction.tenant_id,
        correction.supersedes_id AS id,
        correction.supersedes_date AS date
    FROM {target}.vehicle_events AS correction
    WHERE
        correction.supersedes_id IS NOT NULL
        AND (correction.id, correction.date) IN (
            SELECT held.id, held.date FROM private.timeline AS held
            UNION ALL
            SELECT loaded.event_id, loaded.event_date FROM private.event_source AS loaded
        )
) AS corrected
    ON
        event.tenant_id = corrected.tenant_id
        AND event.id = corrected.id
        AND event.date = corrected.date

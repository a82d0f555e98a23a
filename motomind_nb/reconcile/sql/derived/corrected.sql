-- Events that a correction supersedes, once that correction is among those that a refresh has seen: held
-- by private.timeline, or loaded before the first. Parameters: none. Columns: tenant_id, id, date.
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

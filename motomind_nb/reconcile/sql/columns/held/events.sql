-- The events that the target holds of one source. Hole: name, the source as text.
-- Columns: those of vehicle_events, then source_id (uuid).
SELECT
    event.*,
    origin.source_id
FROM {target}.vehicle_events AS event
INNER JOIN private.event_source AS origin
    ON origin.event_id = event.id AND origin.event_date = event.date AND origin.source_table = {name}

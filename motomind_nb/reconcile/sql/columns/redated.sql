-- How many events of one source stand on another date than the one that their origin notes, and on no
-- noted one. Hole: name, the source as text. Columns: redated (bigint).
SELECT count(*) AS redated
FROM private.event_source AS origin
WHERE
    origin.source_table = {name}
    AND NOT EXISTS (
        SELECT FROM {target}.vehicle_events AS event
        WHERE event.id = origin.event_id AND event.date = origin.event_date
    )
    AND EXISTS (
        SELECT FROM {target}.vehicle_events AS event
        WHERE event.id = origin.event_id
            AND NOT EXISTS (
                SELECT FROM private.event_source AS other
                WHERE other.event_id = event.id AND other.event_date = event.date
            )
    )

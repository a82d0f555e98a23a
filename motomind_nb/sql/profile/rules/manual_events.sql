-- Purpose: rows of manual_events, which has no mapping. Columns: key, rule (text).
-- Rule: holds no rows | no mapping is known | the run is refused
SELECT
    event.id::text AS key,
    'holds no rows' AS rule
FROM legacy.manual_events AS event

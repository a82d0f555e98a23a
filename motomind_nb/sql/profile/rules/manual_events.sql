-- Purpose: rows of manual_events, which has no mapping. Columns: key (text), one for each rule: true where broken.
-- Rule: holds no rows | no mapping is known | the run is refused
SELECT
    event.id::text AS key,
    true AS "holds no rows"
FROM legacy.manual_events AS event

-- Time zones of events, inferred from the garage of the vehicle; without a garage none is known, and
-- one that the server does not know cannot be used. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load time zone' AS check,
    'vehicle_events in ' || coalesce(zone.time_zone, 'no known zone') AS subject,
    'a time zone that the server knows' AS expected,
    CASE
        WHEN zone.time_zone IS NULL THEN 'none: the vehicle has no garage with a time zone'
        WHEN known.name IS NULL THEN 'a name that the server does not know'
        ELSE 'inferred from the garage of the vehicle'
    END AS found,
    CASE WHEN known.name IS NULL THEN 'warn' ELSE 'ok' END AS status,
    zone.events || CASE zone.events WHEN 1 THEN ' event' ELSE ' events' END AS detail
FROM (
    SELECT
        e.time_zone,
        count(*) AS events
    FROM {target}.vehicle_events AS e
    GROUP BY e.time_zone
) AS zone
LEFT JOIN pg_catalog.pg_timezone_names AS known ON known.name = zone.time_zone

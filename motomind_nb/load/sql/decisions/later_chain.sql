-- Vehicles whose readings go on from another level (a meter replaced, set back or rolled over) and
-- got a further chain: one finding. All readings of it are in audit.later_chain.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load chain' AS check,
    'vehicles' AS subject,
    'one meter' AS expected,
    count(DISTINCT c.vehicle_id) || CASE count(DISTINCT c.vehicle_id) WHEN 1 THEN ' vehicle' ELSE ' vehicles' END
    || ' with several' AS found,
    'warn' AS status,
    count(*) || CASE count(*) WHEN 1 THEN ' reading is' ELSE ' readings are' END
    || ' of a later chain, listed in audit.later_chain; first: vehicle ' || min(c.vehicle_id::text) AS detail
FROM audit.later_chain AS c
HAVING count(*) > 0

-- Partitions of vehicle_events that lack a policy, a guard, an index, or have a grant.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    fault.partition::text AS subject,
    'as vehicle_events' AS expected,
    fault.fault AS found,
    'private.complete_partition repairs it' AS detail
FROM private.partition_fault AS fault
ORDER BY subject, found;

-- Creates the yearly partitions of vehicle_events that are missing.
-- Parameters: years (integer array). Columns: partitions (bigint, how many were created).
SELECT count(made.partition) AS partitions
FROM unnest(%(years)s::integer[]) AS wanted (year)
CROSS JOIN LATERAL private.create_partitions(wanted.year) AS made (partition);

-- Whether this role may erase: it must own the events (or be a member of their owner).
-- Parameters: none. Columns: allowed (boolean, NULL where the rebuilt schema is missing).
SELECT pg_has_role(class.relowner, 'USAGE') AS allowed
FROM pg_catalog.pg_class AS class
WHERE class.oid = to_regclass('public.vehicle_events');

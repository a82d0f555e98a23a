-- Whether this role may erase: it must own the events (or be a member of their owner).
-- Parameters: none. Columns: allowed (boolean, NULL where the rebuilt schema is missing).
SELECT pg_has_role(class.relowner, 'USAGE') AS allowed
FROM pg_catalog.pg_class AS class
WHERE
    class.oid = to_regclass('{target}.vehicle_events')
    AND EXISTS (
        SELECT
        FROM pg_catalog.pg_class AS source
        INNER JOIN pg_catalog.pg_namespace AS place ON source.relnamespace = place.oid
        WHERE place.nspname = 'private' AND source.relname = 'event_source'
    );

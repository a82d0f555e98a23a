-- Purpose: what tells one database from every other.
-- Columns: system (the cluster's identifier), started (server start), oid and name of the database.
SELECT
    (SELECT system_identifier::text FROM pg_control_system()) AS system,
    pg_postmaster_start_time()::text AS started,
    oid::text AS oid,
    datname::text AS name
FROM pg_database
WHERE datname = current_database()

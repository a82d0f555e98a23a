-- Purpose: what tells this database from every other, whatever it is called and wherever it is reached.
-- A copy on another server has another system identifier, another database of the server another oid.
-- Columns: system, oid, name (text).
SELECT
    (SELECT control.system_identifier::text FROM pg_control_system() AS control) AS system,
    held.oid::text AS oid,
    held.datname::text AS name
FROM pg_catalog.pg_database AS held
WHERE held.datname = current_database()

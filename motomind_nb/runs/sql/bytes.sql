-- Purpose: the bytes of the database's files, and of all that its server has ever logged.
-- Parameters: none. Columns: database, log (numeric, bytes).
SELECT
    pg_database_size(current_database())::numeric AS database,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS log

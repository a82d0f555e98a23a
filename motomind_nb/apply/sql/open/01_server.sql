-- Purpose: a server that only reads, or whose prepared transactions may hold what is to be moved.
-- Columns: subject, expected, found, action (text), one row for each open point.
SELECT
    'database' AS subject,
    'a primary server' AS expected,
    'one in recovery, which only reads' AS found,
    'name the primary server' AS action
WHERE pg_is_in_recovery()
UNION ALL
SELECT
    'prepared transaction ' || waiting.gid,
    'none',
    'prepared at ' || waiting.prepared::text || ' by ' || waiting.owner,
    'COMMIT PREPARED or ROLLBACK PREPARED it'
FROM pg_catalog.pg_prepared_xacts AS waiting
WHERE waiting.database = current_database()
ORDER BY subject

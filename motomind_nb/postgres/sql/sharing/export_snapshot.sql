-- Purpose: let another transaction see what this one sees. Columns: snapshot (text).
SELECT pg_export_snapshot() AS snapshot

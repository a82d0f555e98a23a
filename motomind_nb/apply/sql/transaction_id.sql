-- Purpose: the id of this transaction, by which its fate can be asked when the connection is lost.
-- Columns: text.
SELECT pg_current_xact_id()::text

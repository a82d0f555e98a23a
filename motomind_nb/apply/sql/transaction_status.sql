-- Purpose: what became of a transaction. Parameters: id (text). Columns: text (committed, aborted, in
-- progress, NULL when it is too long ago).
SELECT pg_xact_status(%(id)s::xid8)

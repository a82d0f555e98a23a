-- Purpose: how many rows a table holds and a sum over their complete values, which does not depend
-- on their order. A row counts as the bytes in which the server sends it (every digit, every bit,
-- the types; text in the session's encoding, which is pinned), a third cheaper than as text.
-- Identifiers: table.
-- Columns: rows (bigint), fingerprint (numeric, 0 without rows).
SELECT
    count(*) AS rows,
    coalesce(sum(hash_record_extended(row(record_send(t)), 0)), 0) AS fingerprint
FROM {table} AS t

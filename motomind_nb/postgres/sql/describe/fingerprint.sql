-- Purpose: how many rows a table holds and a sum over their complete values, which does not depend
-- on their order. Some columns enter by their hash, the others as the bytes in which the server
-- sends them (every digit, every bit; text in the session's encoding, which is pinned): see hashed. A row's hash
-- is hashed once more: a hash of hashes is a weighted sum of them, and would not tell when two rows
-- exchange their values of one column.
-- Identifiers: table, hashed, sent (lists of columns).
-- Columns: rows (bigint), fingerprint (numeric, 0 without rows).
SELECT
    count(*) AS rows,
    coalesce(sum(hash_record_extended(row(int8send(
        hash_record_extended(row(record_send(row({sent})), {hashed}), 0)
    )), 0)), 0) AS fingerprint
FROM {table} AS t

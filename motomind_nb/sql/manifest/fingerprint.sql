-- Purpose: how many rows a table holds and a sum over their complete text, which does not depend on
-- their order. The session's pinned settings (zone, date style, float digits) are part of the text.
-- Identifiers: table.
-- Columns: rows (bigint), fingerprint (numeric, 0 without rows).
SELECT
    count(*) AS rows,
    coalesce(sum(hashtextextended(t::text, 0)), 0) AS fingerprint
FROM {table} AS t

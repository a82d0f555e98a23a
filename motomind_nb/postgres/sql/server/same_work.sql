-- Purpose: a piece of work for one processor that is the same on every server and reads no table.
-- Parameters: none. Columns: bigint (the number of texts).
SELECT count(DISTINCT md5(number::text)) FROM generate_series(1, 15000) AS number

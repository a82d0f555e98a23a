-- Count and order-free fingerprint of both sides of one target table. A row's hash is hashed once
-- more, so that two rows that exchange their values of one column differ (see manifest/fingerprint).
-- Holes: expected and loaded.
-- Columns: expected_rows, loaded_rows (rows), expected_sum, loaded_sum (numeric, no unit).
SELECT
    expected.rows AS expected_rows,
    loaded.rows AS loaded_rows,
    expected.total AS expected_sum,
    loaded.total AS loaded_sum
FROM (
    SELECT
        count(*) AS rows,
        coalesce(sum(
            hash_record_extended(row(int8send(hash_record_extended(side.whole, 0))), 0)::numeric
        ), 0) AS total
    FROM ({expected}) AS side
) AS expected
CROSS JOIN (
    SELECT
        count(*) AS rows,
        coalesce(sum(
            hash_record_extended(row(int8send(hash_record_extended(side.whole, 0))), 0)::numeric
        ), 0) AS total
    FROM ({loaded}) AS side
) AS loaded

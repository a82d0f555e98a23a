-- Purpose: both sides of one target table in one pass, which evaluates the projections once. Rows are
-- joined by their keys and compared whole, to the last byte. Where none differs, and as many are joined
-- as each side has, every key names one row of either side: a repeated key would meet its partner
-- twice. Then one sum is the ``fingerprint`` of both, and ``cells`` has nothing to list.
-- Holes: expected and loaded, the two sides.
-- Columns: expected_rows, loaded_rows (rows of a side alone), expected_joined, loaded_joined (rows),
-- loaded_sum (numeric, no unit: see ``fingerprint``), different (rows).
SELECT
    (SELECT count(*) FROM ({expected}) AS side) AS expected_rows,
    (SELECT count(*) FROM ({loaded}) AS side) AS loaded_rows,
    count(expected.key_two) AS expected_joined,
    count(loaded.key_two) AS loaded_joined,
    coalesce(sum(
        hash_record_extended(row(int8send(hash_record_extended(loaded.whole, 0))), 0)::numeric
    ), 0) AS loaded_sum,
    count(*) FILTER (
        WHERE expected.key_two IS NULL OR loaded.key_two IS NULL OR expected.whole *<> loaded.whole
    ) AS different
FROM ({expected}) AS expected
FULL JOIN ({loaded}) AS loaded
    ON expected.key_one = loaded.key_one AND expected.key_two = loaded.key_two

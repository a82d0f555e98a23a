-- What a target table holds, to be compared with what its projections gave to the load.
-- Holes: loaded, the query of its rows; mark, of a row (see load/row_mark).
-- Columns: rows; keys (that differ); total (the sum of the marks), loaded_sum (see ``fingerprint``; both
-- numeric, no unit).
SELECT
    count(*) AS rows,
    (
        SELECT count(*)
        FROM (SELECT DISTINCT one.key_one, one.key_two FROM ({loaded}) AS one) AS each
        WHERE each.key_one IS NOT NULL AND each.key_two IS NOT NULL
    ) AS keys,
    coalesce(sum({mark}), 0) AS total,
    coalesce(sum(hash_record_extended(row(int8send(hash_record_extended(side.whole, 0))), 0)), 0) AS loaded_sum
FROM ({loaded}) AS side

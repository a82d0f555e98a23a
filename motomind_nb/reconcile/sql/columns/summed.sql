-- Of one side of a table: how many rows, then for each column how many values and the sum of their
-- hashes. A value's hash is begun with the hash of its row's key, so that two rows that exchange
-- their values differ. Holes: side, the rows; key, the hash of a row's key; values, a list of
-- expressions with their names; sums, the list of counts and sums.
SELECT
    count(*),
    {sums}
FROM (
    SELECT
        {key} AS row_key,
        {values}
    FROM ({side}) AS side
    -- each value is computed once, for its count and its sum
    OFFSET 0
) AS valued

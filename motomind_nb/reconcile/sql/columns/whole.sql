-- Of one side of a table: how many rows, and the sum of their hashes over all columns. A row's hash is
-- begun with the hash of its key, so that two rows that exchange a value differ. Holes: side, the
-- rows; key, the hash of a row's key; values, the list of columns. Columns: rows, total.
SELECT
    count(*) AS rows,
    coalesce(sum(hash_record_extended(row({values}), {key})), 0) AS total
FROM ({side}) AS side

-- Rows of one side whose key the other side has not. Holes: old and new, both sides (see listed).
-- Columns: missing (rows of the old side), extra (rows of the new side).
SELECT
    count(*) FILTER (WHERE new.first IS NULL) AS missing,
    count(*) FILTER (WHERE old.first IS NULL) AS extra
FROM ({old}) AS old
FULL JOIN ({new}) AS new ON new.first = old.first AND new.last = old.last

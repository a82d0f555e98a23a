-- What private.timeline holds, as a number and a sum of its rows' marks. Holes: held, the query of its
-- rows; mark, of a row. Parameters: none. Columns: rows; total (numeric, no unit).
SELECT
    count(*) AS rows,
    coalesce(sum({mark}), 0) AS total
FROM ({held}) AS held

-- The rows of two queries with the same columns. Holes: first, second. Columns: those of both.
SELECT one.* FROM ({first}) AS one
UNION ALL
SELECT two.* FROM ({second}) AS two

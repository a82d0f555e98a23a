-- The columns of a projection, without rows. Hole: projection, the SELECT.
SELECT * FROM ({projection}) AS projection LIMIT 0

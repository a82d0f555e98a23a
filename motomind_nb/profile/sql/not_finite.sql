-- Purpose: how many rows of a column of numbers hold NaN or infinity, which no sum can go on with.
-- Identifiers: table, column. Columns: rows (bigint).
SELECT count(*) AS rows
FROM {table}
WHERE {column}::text IN ('NaN', 'Infinity', '-Infinity')

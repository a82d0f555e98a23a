-- Purpose: how many rows of a column of dates or points in time lie beyond the years of four digits,
-- where many programs end; infinity does, too.
-- Identifiers: table, column. Columns: rows (bigint).
SELECT count(*) AS rows
FROM {table}
WHERE {column} >= '10000-01-01'

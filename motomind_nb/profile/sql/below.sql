-- Purpose: how many rows of a column lie below a limit that all of them should reach.
-- Identifiers: table, column. Parameters: limit (text that the column's type reads).
-- Columns: rows (bigint).
SELECT count(*) AS rows
FROM {table}
WHERE {column} < %(limit)s

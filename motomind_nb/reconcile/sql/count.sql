-- Rows of a table. Hole: table. Column: rows.
SELECT count(*) AS rows FROM {table}

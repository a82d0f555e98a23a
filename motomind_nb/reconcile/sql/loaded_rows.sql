-- Rows of a kept table that stand in the target. Holes: source and target, the two tables.
-- Column: rows.
SELECT count(*) AS rows
FROM {staged} AS s
WHERE EXISTS (SELECT FROM {table} AS t WHERE t.id = s.id)

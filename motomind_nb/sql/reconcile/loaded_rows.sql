-- Rows of a kept table that stand in the target. Holes: source and target, the two tables.
-- Column: rows.
SELECT count(*) AS rows
FROM {source} AS s
WHERE EXISTS (SELECT FROM {target} AS t WHERE t.id = s.id)

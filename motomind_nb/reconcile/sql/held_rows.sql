-- Rows of a kept table, and whether the target holds each. Holes: staged and table, the two tables;
-- name, that of the first as text. Columns: source, source_id (text), held (boolean).
SELECT
    {name} AS source,
    s.id::text AS source_id,
    t.id IS NOT NULL AS held
FROM {staged} AS s
LEFT JOIN (SELECT DISTINCT h.id FROM {table} AS h) AS t ON t.id = s.id

-- Rows in quarantine of one source that are not what the source holds, or were loaded all the same.
-- Holes: source, the staged table; %(source)s: its name. Columns: source_id, fault (text).
SELECT
    q.source_id,
    CASE WHEN s.id IS NULL THEN 'no such row in the source' ELSE 'not equal to the row of the source' END AS fault
FROM audit.quarantine AS q
LEFT JOIN {staged} AS s ON s.id::text = q.source_id
WHERE q.source_table = %(source)s AND (s.id IS NULL OR to_jsonb(s.*) <> q.source_row)
ORDER BY q.source_id COLLATE "C"
LIMIT 100

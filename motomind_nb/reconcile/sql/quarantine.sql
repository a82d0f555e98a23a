-- Rows in quarantine of one source that are not what the source holds.
-- Holes: staged, the staged table; name, its name as text.
-- Columns: check, subject, expected, found, status, detail, key (the row's id; text).
SELECT
    'quarantine rows' AS check,
    {name} AS subject,
    'the complete source row' AS expected,
    CASE WHEN s.id IS NULL THEN 'no such row in the source' ELSE 'not equal to the row of the source' END AS found,
    'fail' AS status,
    'audit.quarantine was changed' AS detail,
    q.source_id AS key
FROM audit.quarantine AS q
LEFT JOIN {staged} AS s ON s.id::text = q.source_id
WHERE q.source_table = {name} AND (s.id IS NULL OR to_jsonb(s.*) <> q.source_row)

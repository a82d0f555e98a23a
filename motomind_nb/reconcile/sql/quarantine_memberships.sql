-- Memberships in quarantine that are not what the source holds. No parameters.
-- Columns: source_id, fault (text).
SELECT
    q.source_id,
    CASE WHEN s.user_id IS NULL THEN 'no such row in the source' ELSE 'not equal to the row of the source' END AS fault
FROM audit.quarantine AS q
LEFT JOIN {source}.memberships AS s ON s.tenant_id::text || '/' || s.user_id::text = q.source_id
WHERE q.source_table = 'memberships' AND (s.user_id IS NULL OR to_jsonb(s.*) <> q.source_row)
ORDER BY q.source_id COLLATE "C"
LIMIT 100

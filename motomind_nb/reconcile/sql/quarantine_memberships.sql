-- Memberships in quarantine that are not what the source holds. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (tenant/user; text).
SELECT
    'quarantine rows' AS check,
    'memberships' AS subject,
    'the complete source row' AS expected,
    CASE WHEN s.user_id IS NULL THEN 'no such row in the source' ELSE 'not equal to the row of the source' END AS found,
    'fail' AS status,
    'audit.quarantine was changed' AS detail,
    q.source_id AS key
FROM audit.quarantine AS q
LEFT JOIN {source}.memberships AS s ON s.tenant_id::text || '/' || s.user_id::text = q.source_id
WHERE q.source_table = 'memberships' AND (s.user_id IS NULL OR to_jsonb(s.*) <> q.source_row)

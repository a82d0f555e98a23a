-- Memberships, and whether the target holds each. No parameters.
-- Columns: source, source_id (text; the id is tenant/user), held (boolean).
SELECT
    'memberships' AS source,
    s.tenant_id::text || '/' || s.user_id::text AS source_id,
    t.user_id IS NOT NULL AS held
FROM {source}.memberships AS s
LEFT JOIN private.memberships AS t ON t.tenant_id = s.tenant_id AND t.user_id = s.user_id

-- Users without a membership, given the source's only tenant, in one finding. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load tenant of user' AS check,
    'users' AS subject,
    'a membership that names the tenant' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' without' AS found,
    'warn' AS status,
    'given the only tenant of the source: ' || min(u.tenant_id::text) || '; first: ' || min(u.id::text) AS detail
FROM {target}.users AS u
WHERE NOT EXISTS (
    SELECT FROM {source}.memberships AS m WHERE m.user_id = u.id AND m.tenant_id = u.tenant_id
)
HAVING count(*) > 0

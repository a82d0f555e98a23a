-- Users without a membership, given the source's only tenant. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load tenant of user' AS check,
    'users ' || u.id AS subject,
    'a membership that names the tenant' AS expected,
    'none' AS actual,
    'warn' AS status,
    'given the only tenant of the source: ' || u.tenant_id AS detail
FROM {target}.users AS u
WHERE NOT EXISTS (
    SELECT FROM {source}.memberships AS m WHERE m.user_id = u.id AND m.tenant_id = u.tenant_id
)

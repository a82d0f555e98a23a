-- Users without a tenant, and users whose e-mail an earlier user holds, go to audit.quarantine.
-- Hole: projection, the SELECT for users. No values. tenant_id is unknown and stays NULL.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'users',
    u.id::text,
    p.tenant_id,
    CASE WHEN p.tenant_id IS NULL THEN 'no_tenant' ELSE 'duplicate_email' END,
    CASE
        WHEN p.tenant_id IS NULL
            THEN 'no membership names a tenant for this user, and the source has not exactly one tenant'
        ELSE 'an earlier user has the same e-mail'
    END,
    to_jsonb(u.*)
FROM ({projection}) AS p
INNER JOIN legacy.users AS u ON u.id = p.id
WHERE p.tenant_id IS NULL
    OR EXISTS (
        SELECT FROM legacy.users AS earlier
        WHERE earlier.email = u.email AND (earlier.created_at, earlier.id) < (u.created_at, u.id)
    )

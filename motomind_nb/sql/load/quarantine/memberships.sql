-- Memberships whose tenant or user is missing or in quarantine, or whose role is unknown, go to
-- audit.quarantine. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'memberships',
    broken.tenant_id::text || '/' || broken.user_id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'unknown_tenant' THEN 'tenant ' || broken.tenant_id || ' does not exist or is in quarantine'
        WHEN 'unknown_user' THEN 'user ' || broken.user_id || ' does not exist or is in quarantine'
        ELSE 'role must be owner, manager or viewer, found ' || coalesce(broken.role, 'NULL')
    END,
    broken.source_row
FROM (
    SELECT
        m.*,
        to_jsonb(m.*) AS source_row,
        CASE
            WHEN t.id IS NULL OR tq.source_id IS NOT NULL THEN 'unknown_tenant'
            WHEN u.id IS NULL OR uq.source_id IS NOT NULL THEN 'unknown_user'
            WHEN coalesce(m.role, '') NOT IN ('owner', 'manager', 'viewer') THEN 'unknown_role'
        END AS rule
    FROM legacy.memberships AS m
    LEFT JOIN legacy.tenants AS t ON t.id = m.tenant_id
    LEFT JOIN legacy.users AS u ON u.id = m.user_id
    LEFT JOIN audit.quarantine AS tq ON tq.source_table = 'tenants' AND tq.source_id = m.tenant_id::text
    LEFT JOIN audit.quarantine AS uq ON uq.source_table = 'users' AND uq.source_id = m.user_id::text
) AS broken
WHERE broken.rule IS NOT NULL

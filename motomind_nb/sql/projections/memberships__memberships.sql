-- memberships -> private.memberships: who belongs to which tenant, in which role.
-- No parameters. Every column keeps its name.
SELECT
    m.tenant_id,
    m.user_id,
    m.role,
    m.created_at
FROM legacy.memberships AS m
WHERE NOT EXISTS (
    SELECT FROM audit.quarantine AS q
    WHERE q.source_table = 'memberships' AND q.source_id = m.tenant_id::text || '/' || m.user_id::text
)

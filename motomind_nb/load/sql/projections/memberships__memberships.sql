-- memberships -> private.memberships: who belongs to which tenant, in which role.
-- No parameters. Every column keeps its name.
SELECT
    m.tenant_id,
    m.user_id,
    m.role,
    m.created_at
FROM audit.loadable_memberships AS m

-- private.memberships -> memberships: every column keeps its name. No parameters.
-- Columns: those of the old table.
SELECT
    m.tenant_id,
    m.user_id,
    m.role,
    m.created_at
FROM private.memberships AS m

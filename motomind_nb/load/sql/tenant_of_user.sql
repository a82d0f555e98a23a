-- The tenant of each staged user: the legacy table has none, so that it comes from memberships.
-- The first membership counts, in the order owner, manager, viewer, then the earliest; a user
-- without any belongs to the source's only tenant, if it has one only and that was not refused.
-- Hole: kept_tenants: the tenants that were not refused.
-- Columns: user_id, tenant_id (NULL where none is known), is_named (a membership names it).
SELECT
    account.id AS user_id,
    coalesce(home.tenant_id, lone.tenant_id) AS tenant_id,
    home.tenant_id IS NOT NULL AS is_named
FROM {source}.users AS account
LEFT JOIN (
    SELECT DISTINCT ON (m.user_id)
        m.user_id,
        m.tenant_id
    FROM {source}.memberships AS m
    INNER JOIN {kept_tenants} AS t ON t.id = m.tenant_id
    ORDER BY
        m.user_id,
        array_position(ARRAY['owner', 'manager', 'viewer'], m.role),
        m.created_at,
        m.tenant_id
) AS home ON home.user_id = account.id
LEFT JOIN (
    SELECT (array_agg(kept.id))[1] AS tenant_id
    FROM {source}.tenants AS t
    LEFT JOIN {kept_tenants} AS kept ON kept.id = t.id
    HAVING count(*) = 1
) AS lone ON true

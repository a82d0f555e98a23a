-- users -> public.users: the tenant comes from memberships, because the legacy table has none.
-- No parameters. The first membership counts, in the order owner, manager, viewer, then the
-- earliest; a user without any belongs to the source's only tenant, if it has one only.
SELECT
    u.id,
    coalesce(home.tenant_id, lone.tenant_id) AS tenant_id,
    u.email,
    u.name,
    u.created_at,
    u.updated_at,
    NULL::timestamptz AS deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM legacy.users AS u
LEFT JOIN (
    SELECT DISTINCT ON (m.user_id)
        m.user_id,
        m.tenant_id
    FROM legacy.memberships AS m
    INNER JOIN legacy.tenants AS t ON t.id = m.tenant_id
    WHERE NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = 'tenants' AND q.source_id = t.id::text
    )
    ORDER BY
        m.user_id,
        array_position(ARRAY['owner', 'manager', 'viewer'], m.role),
        m.created_at,
        m.tenant_id
) AS home ON home.user_id = u.id
LEFT JOIN (
    SELECT (array_agg(t.id))[1] AS tenant_id
    FROM legacy.tenants AS t
    HAVING count(*) = 1
) AS lone ON true
WHERE NOT EXISTS (
    SELECT FROM audit.quarantine AS q
    WHERE q.source_table = 'users' AND q.source_id = u.id::text
)

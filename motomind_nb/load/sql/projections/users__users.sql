-- users -> public.users: the tenant comes from memberships, because the legacy table has none.
-- Hole: tenant_of_user, the query of that name. No values.
SELECT
    u.id,
    home.tenant_id,
    u.email,
    u.name,
    u.created_at,
    u.updated_at,
    NULL::timestamptz AS deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM audit.loadable_users AS u
INNER JOIN ({tenant_of_user}) AS home ON home.user_id = u.id

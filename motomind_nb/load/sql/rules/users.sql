-- Purpose: users that break a rule of public.users: the tenant comes from memberships.
-- Columns: key (text), tenant_id (that the user gets, NULL where none is known); one for each rule:
-- NULL where it is kept, else why not (code: reason).
-- Hole: tenant_of_user, the query of that name.
-- Rule: has a tenant | public.users.tenant_id is required | takes the only tenant, else quarantined
-- Rule: belongs to one tenant | public.users has one tenant at home | the first as owner, manager, viewer; all memberships are kept
-- Load rule: e-mail is used once | public.users: unique | the later ones quarantined
-- Load rule: e-mail fits its key | public.users: an entry of an index holds 2,704 bytes, 12 of them its heads | quarantined
SELECT
    staged.id::text AS key,
    home.tenant_id,
    CASE
        WHEN home.tenant_id IS NULL AND member.tenants > 0
            THEN 'no_tenant: each tenant that a membership names for this user does not exist or is in quarantine'
        WHEN home.tenant_id IS NULL AND (SELECT count(*) FROM {source}.tenants) = 1
            THEN
                'no_tenant: no membership names a tenant for this user, and the only tenant of the source is in'
                || ' quarantine'
        WHEN home.tenant_id IS NULL
            THEN
                'no_tenant: no membership names a tenant for this user, and the source has not exactly one'
                || ' tenant'
        WHEN NOT home.is_named THEN 'loaded'
    END AS "has a tenant",
    CASE
        WHEN EXISTS (
            SELECT FROM {source}.users AS earlier
            WHERE earlier.email = staged.email AND (earlier.created_at, earlier.id) < (staged.created_at, staged.id)
        ) THEN 'duplicate_email: an earlier user has the same e-mail'
    END AS "e-mail is used once",
    CASE
        WHEN pg_column_size(staged.email) > 2692
            THEN
                'long_email: an e-mail of ' || octet_length(staged.email)
                || ' bytes does not fit the unique key of email'
    END AS "e-mail fits its key",
    CASE
        WHEN member.tenants > 1 THEN 'several_tenants: memberships in ' || member.tenants || ' tenants'
    END AS "belongs to one tenant"
FROM {source}.users AS staged
INNER JOIN ({tenant_of_user}) AS home ON home.user_id = staged.id
LEFT JOIN (
    SELECT
        user_id,
        count(*) AS tenants
    FROM {source}.memberships
    GROUP BY user_id
) AS member ON member.user_id = staged.id

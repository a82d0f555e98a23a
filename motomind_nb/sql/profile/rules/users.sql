-- Purpose: users that break a rule of public.users: the tenant comes from memberships.
-- Columns: key (text), one for each rule: true where broken.
-- Rule: has a tenant | public.users.tenant_id is required | takes the only tenant, else quarantined
-- Rule: belongs to one tenant | public.users has one tenant at home | the first as owner, manager, viewer; all memberships are kept
SELECT
    account.id::text AS key,
    (member.user_id IS NULL) AS "has a tenant",
    (member.tenants > 1) AS "belongs to one tenant"
FROM legacy.users AS account
LEFT JOIN (
    SELECT
        user_id,
        count(*) AS tenants
    FROM legacy.memberships
    GROUP BY user_id
) AS member ON member.user_id = account.id

-- Purpose: users that break a rule of public.users: the tenant comes from memberships.
-- Columns: key, rule (text).
-- Rule: has a tenant | public.users.tenant_id is required | takes the only tenant, else quarantined
-- Rule: belongs to one tenant | public.users has one tenant at home | the first as owner, manager, viewer; all memberships are kept
SELECT
    account.id::text AS key,
    unnest(ARRAY[
        CASE WHEN member.tenants = 0 THEN 'has a tenant' END,
        CASE WHEN member.tenants > 1 THEN 'belongs to one tenant' END
    ]) AS rule
FROM legacy.users AS account
CROSS JOIN LATERAL (
    SELECT count(*) AS tenants
    FROM legacy.memberships AS membership
    WHERE membership.user_id = account.id
) AS member

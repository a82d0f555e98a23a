-- Purpose: memberships that break a rule of private.memberships.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_tenants, kept_users: the tenants and users that were not refused.
-- Rule: role is known | private.memberships: owner, manager or viewer | quarantined
-- Load rule: tenant exists | private.memberships: key tenant_id | quarantined
-- Load rule: user exists | private.memberships: key user_id | quarantined
SELECT
    staged.tenant_id::text || '/' || staged.user_id::text AS key,
    staged.tenant_id,
    CASE
        WHEN tenant.id IS NULL
            THEN 'unknown_tenant: tenant ' || staged.tenant_id || ' does not exist or is in quarantine'
    END AS "tenant exists",
    CASE
        WHEN account.id IS NULL
            THEN 'unknown_user: user ' || staged.user_id || ' does not exist or is in quarantine'
    END AS "user exists",
    CASE
        WHEN coalesce(staged.role, '') NOT IN ('owner', 'manager', 'viewer')
            THEN 'unknown_role: role must be owner, manager or viewer, found ' || coalesce(staged.role, 'NULL')
    END AS "role is known"
FROM {source}.memberships AS staged
LEFT JOIN {kept_tenants} AS tenant ON tenant.id = staged.tenant_id
LEFT JOIN {kept_users} AS account ON account.id = staged.user_id

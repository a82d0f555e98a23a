-- Purpose: memberships that break a rule of private.memberships. Columns: key, rule (text).
-- Rule: role is known | private.memberships: owner, manager or viewer | quarantined
SELECT
    membership.tenant_id::text || '/' || membership.user_id::text AS key,
    CASE
        WHEN membership.role NOT IN ('owner', 'manager', 'viewer') THEN 'role is known'
    END AS rule
FROM legacy.memberships AS membership

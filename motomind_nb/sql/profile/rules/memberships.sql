-- Purpose: memberships that break a rule of private.memberships. Columns: key (text), one for each rule: true where broken.
-- Rule: role is known | private.memberships: owner, manager or viewer | quarantined
SELECT
    membership.tenant_id::text || '/' || membership.user_id::text AS key,
    (membership.role NOT IN ('owner', 'manager', 'viewer')) AS "role is known"
FROM legacy.memberships AS membership

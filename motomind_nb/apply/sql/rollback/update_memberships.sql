-- Purpose: bring changed roles back.
UPDATE {source}.memberships AS old
SET role = member.role
FROM private.memberships AS member
INNER JOIN pg_temp.motomind_written AS noted
    ON
        member.tenant_id = noted.key_one AND member.user_id = noted.key_two
        AND noted.table_name = 'memberships' AND noted.kind = 'changed'
WHERE old.tenant_id = member.tenant_id AND old.user_id = member.user_id

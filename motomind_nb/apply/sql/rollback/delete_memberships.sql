-- Purpose: take memberships away that were taken away since: that is a change of rights, and no damage.
DELETE FROM {source}.memberships AS old
USING pg_temp.motomind_written AS noted
WHERE
    old.tenant_id = noted.key_one AND old.user_id = noted.key_two
    AND noted.table_name = 'memberships' AND noted.kind = 'gone'

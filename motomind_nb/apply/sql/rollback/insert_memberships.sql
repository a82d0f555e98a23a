-- Purpose: bring new memberships back, and give each new user without one a membership of its tenant as
-- viewer: the old schema knows no other home of a user.
INSERT INTO {source}.memberships (tenant_id, user_id, role)
SELECT
    member.tenant_id,
    member.user_id,
    member.role
FROM private.memberships AS member
INNER JOIN pg_temp.motomind_written AS noted
    ON
        member.tenant_id = noted.key_one AND member.user_id = noted.key_two
        AND noted.table_name = 'memberships' AND noted.kind = 'new'
UNION
SELECT
    person.tenant_id,
    person.id,
    'viewer'
FROM {target}.users AS person
INNER JOIN pg_temp.motomind_written AS noted
    ON person.id = noted.key_two AND noted.table_name = 'users' AND noted.kind = 'new'
WHERE
    NOT EXISTS (
        SELECT FROM private.memberships AS member
        WHERE member.user_id = person.id AND member.tenant_id = person.tenant_id
    )

-- Purpose: the roles that this session cannot act as (SET ROLE), and what would let it. Being a member
-- is enough up to PostgreSQL 15; since 16 a membership says whether its holder may act as the role. It is
-- the session's own role that counts, whatever role it has become since (ALTER ROLE .. SET role).
-- Parameters: roles (text[]). Columns: role, member, statement (text).
SELECT
    wanted.role,
    session_user::text AS member,
    format('GRANT %%I TO %%I', wanted.role, session_user)
    || CASE WHEN server.knows_set THEN ' WITH SET TRUE;' ELSE ';' END AS statement
FROM unnest(%(roles)s::text[]) AS wanted (role)
CROSS JOIN (
    SELECT current_setting('server_version_num')::integer >= 160000 AS knows_set
) AS server
WHERE
    NOT pg_has_role(
        session_user, to_regrole(wanted.role), CASE WHEN server.knows_set THEN 'SET' ELSE 'MEMBER' END
    )
ORDER BY wanted.role

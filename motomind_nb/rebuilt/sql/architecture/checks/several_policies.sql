-- Tables where several permissive policies apply to one role and command: each widens the other.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    policy.polrelid::regclass || ' ' || policy.polcmd::text || ' ' || role.rolname AS subject,
    '1 policy' AS expected,
    count(*) || ' policies' AS found,
    string_agg(policy.polname, ', ' ORDER BY policy.polname) AS detail
FROM pg_catalog.pg_policy AS policy
INNER JOIN pg_catalog.pg_class AS class ON policy.polrelid = class.oid
INNER JOIN pg_catalog.pg_roles AS role
    ON role.oid = ANY(policy.polroles) OR 0::oid = ANY(policy.polroles)
WHERE
    class.relnamespace IN ('{target}'::regnamespace, 'private'::regnamespace)
    AND role.rolname IN ('anon', 'authenticated', 'service_role')
    AND policy.polpermissive
GROUP BY policy.polrelid, policy.polcmd, role.rolname
HAVING count(*) > 1
ORDER BY subject;

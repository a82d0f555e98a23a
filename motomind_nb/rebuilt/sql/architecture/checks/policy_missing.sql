-- Rights on tables that no policy covers: row level security on, no policy for the command.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || class.relname || ' ' || command.name || ' ' || role.rolname
    AS subject,
    'a policy that lets the role use its right' AS expected,
    'no policy for ' || command.name || ': the role reaches no row' AS found,
    'make the policy, or revoke the right' AS detail
FROM pg_catalog.pg_class AS class
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
CROSS JOIN (
    VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')
) AS command (name, letter)
INNER JOIN pg_catalog.pg_roles AS role
    ON role.rolname IN ('anon', 'authenticated', 'service_role')
WHERE
    schema.nspname IN ('{target}', 'private', 'audit')
    AND class.relkind IN ('r', 'p')
    AND class.relrowsecurity
    AND CASE command.name
        WHEN 'DELETE' THEN has_table_privilege(role.oid, class.oid, 'DELETE')
        ELSE has_any_column_privilege(role.oid, class.oid, command.name)
    END
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_policy AS policy
        WHERE
            policy.polrelid = class.oid
            AND policy.polcmd IN (command.letter::"char", '*')
            AND (role.oid = ANY(policy.polroles) OR 0::oid = ANY(policy.polroles))
    )
ORDER BY subject;

-- Policies for anybody but the service that do not hold rows to the session's tenant.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || class.relname || ' ' || policy.polname AS subject,
    '(tenant_id = private.current_tenant())' AS expected,
    coalesce(rule.text, 'no rule') AS found,
    'every row has one tenant, taken from one place' AS detail
FROM pg_catalog.pg_policy AS policy
INNER JOIN pg_catalog.pg_class AS class ON policy.polrelid = class.oid
INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
CROSS JOIN LATERAL (
    VALUES
    (pg_catalog.pg_get_expr(policy.polqual, policy.polrelid), policy.polcmd <> 'a'),
    (pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid), policy.polcmd IN ('a', 'w', '*'))
) AS rule (text, needed)
WHERE
    schema.nspname IN ('{target}', 'private')
    AND policy.polroles <> ARRAY[to_regrole('service_role')]::oid[]
    AND rule.needed
    AND rule.text IS DISTINCT FROM CASE
        WHEN class.relname = 'tenants' THEN '(id = private.current_tenant())'
        ELSE '(tenant_id = private.current_tenant())'
    END
ORDER BY subject;

-- Functions of ours that run as their owner and that a role of the API may call. Those of schema
-- {target} are not ours. private.is_member is there to be called, by authenticated, from policies.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    schema.nspname || '.' || routine.proname AS subject,
    'no EXECUTE' AS expected,
    'EXECUTE for ' || role.name AS found,
    'the function runs with the rights of its owner' AS detail
FROM pg_catalog.pg_proc AS routine
INNER JOIN pg_catalog.pg_namespace AS schema ON routine.pronamespace = schema.oid
CROSS JOIN unnest(ARRAY['anon', 'authenticated', 'service_role']) AS role (name)
WHERE
    schema.nspname = 'private'
    AND routine.prosecdef
    AND has_function_privilege(role.name, routine.oid, 'EXECUTE')
    AND NOT (
        role.name = 'authenticated'
        AND routine.oid::regprocedure = to_regprocedure('private.is_member(uuid)')
    )
ORDER BY subject, found;

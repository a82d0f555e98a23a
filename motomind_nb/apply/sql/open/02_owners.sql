-- Purpose: legacy relations and functions that this role does not own and so cannot move.
-- Parameters: schema (text), names, signatures (text[]). Hole: functions (see parts/functions).
-- Columns: subject, expected, found, action (text).
SELECT
    held.relname::text AS subject,
    'owned by ' || current_user AS expected,
    'owned by ' || pg_get_userbyid(held.relowner) AS found,
    format(
        'let an administrator run: ALTER %%s %%I.%%I OWNER TO %%I;',
        CASE held.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
        %(schema)s::text, held.relname, current_user
    ) AS action
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND held.relname = ANY(%(names)s::text[])
    AND NOT pg_has_role(held.relowner, 'USAGE')
UNION ALL
SELECT
    routine.oid::regprocedure::text,
    'owned by ' || current_user,
    'owned by ' || pg_get_userbyid(routine.proowner),
    format('let an administrator run: ALTER FUNCTION %%s OWNER TO %%I;', routine.oid::regprocedure, current_user)
FROM ({functions}) AS routine
WHERE NOT pg_has_role(routine.proowner, 'USAGE')
ORDER BY subject

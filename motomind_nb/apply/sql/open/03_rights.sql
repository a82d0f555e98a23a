-- Purpose: rights that the migration needs and this role lacks.
-- Parameters: schema (text). Columns: subject, expected, found, action (text).
SELECT
    'database ' || current_database() AS subject,
    'the right to create schemas' AS expected,
    'none' AS found,
    format('let an administrator run: GRANT CREATE ON DATABASE %%I TO %%I;', current_database(), current_user)
    AS action
WHERE NOT has_database_privilege(current_database(), 'CREATE')
UNION ALL
SELECT
    'schema ' || held.nspname,
    'the right to create in it',
    'none',
    format('let an administrator run: GRANT USAGE, CREATE ON SCHEMA %%I TO %%I;', held.nspname, current_user)
FROM pg_catalog.pg_namespace AS held
WHERE
    held.nspname IN (%(schema)s, 'audit')
    AND NOT (has_schema_privilege(held.oid, 'USAGE') AND has_schema_privilege(held.oid, 'CREATE'))
ORDER BY subject

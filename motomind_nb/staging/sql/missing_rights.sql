-- Purpose: what the session's role may not create in this database, and what would let it.
-- Columns: found (text), statement (text).
SELECT
    'database ' || current_database() AS found,
    format('GRANT CREATE ON DATABASE %I TO %I;', current_database(), current_user) AS statement
WHERE NOT has_database_privilege(current_database(), 'CREATE')
UNION ALL
SELECT
    'schema ' || held.nspname AS found,
    format('GRANT USAGE, CREATE ON SCHEMA %I TO %I;', held.nspname, current_user) AS statement
FROM pg_catalog.pg_namespace AS held
WHERE
    held.nspname IN ('{target}', '{source}', 'private', 'audit')
    AND NOT (has_schema_privilege(held.oid, 'USAGE') AND has_schema_privilege(held.oid, 'CREATE'))
ORDER BY found

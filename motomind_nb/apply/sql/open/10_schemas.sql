-- Purpose: schemas that the migration makes and somebody else has. An audit with a table of applications is
-- our own, of an apply that was taken back. Columns: subject, expected, found, action (text).
SELECT
    'schema ' || held.nspname AS subject,
    'a free name' AS expected,
    'a schema of ' || pg_get_userbyid(held.nspowner) AS found,
    'rename it or drop it' AS action
FROM pg_catalog.pg_namespace AS held
WHERE
    held.nspname IN ('next', 'legacy', 'private')
    OR (held.nspname = 'audit' AND to_regclass('audit.application') IS NULL)
ORDER BY held.nspname

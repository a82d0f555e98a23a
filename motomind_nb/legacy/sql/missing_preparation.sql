-- Purpose: what the legacy schema needs of a database and a plain one lacks, beside the API roles.
-- Parameters: none. Columns: found (text, what is missing), statement (text, what makes it).
SELECT
    'schema extensions' AS found,
    'CREATE SCHEMA extensions; GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role;'
        AS statement
WHERE to_regnamespace('extensions') IS NULL
UNION ALL
SELECT
    'function extensions.uuid_generate_v4()',
    'CREATE FUNCTION extensions.uuid_generate_v4() RETURNS uuid LANGUAGE sql'
    || ' AS ''SELECT pg_catalog.gen_random_uuid()'';'
WHERE to_regprocedure('extensions.uuid_generate_v4()') IS NULL

-- Purpose: the schema of the staged copy, closed to the API roles.
CREATE SCHEMA IF NOT EXISTS {source};

REVOKE ALL ON SCHEMA {source} FROM PUBLIC, anon, authenticated, service_role;

COMMENT ON SCHEMA {source} IS
'The legacy database as it was: the verified backup, restored. No grants to API roles.';

-- Purpose: the schema of the staged copy, closed to the API roles.
CREATE SCHEMA IF NOT EXISTS legacy;

REVOKE ALL ON SCHEMA legacy FROM PUBLIC, anon, authenticated, service_role;

COMMENT ON SCHEMA legacy IS
'The legacy database as it was: the verified backup, restored. No grants to API roles.';

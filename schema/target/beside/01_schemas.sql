-- Schema private: materialized data, bookkeeping and functions. API roles get no USAGE on it.

CREATE SCHEMA IF NOT EXISTS private;

COMMENT ON SCHEMA private IS
'Not exposed: the materialized timeline, bookkeeping and functions of the rebuilt schema.';

REVOKE ALL ON SCHEMA private FROM PUBLIC, anon, authenticated, service_role;

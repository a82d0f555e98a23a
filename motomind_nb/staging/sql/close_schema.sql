-- Purpose: take back what default privileges gave on the staged copy.
REVOKE ALL ON ALL TABLES IN SCHEMA {source} FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {source} FROM PUBLIC, anon, authenticated, service_role;

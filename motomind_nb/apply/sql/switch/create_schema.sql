-- Purpose: the hidden schema in which the rebuilt tables are made. Hole: schema.
CREATE SCHEMA {schema};

REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, anon, authenticated, service_role

-- Purpose: take all rights on a schema from a role. Holes: schema, role.
REVOKE ALL ON SCHEMA {schema} FROM {role} CASCADE

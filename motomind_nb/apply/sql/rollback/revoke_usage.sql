-- Purpose: take back USAGE of a schema that the migration granted by name. Holes: schema, role.
REVOKE USAGE ON SCHEMA {schema} FROM {role}

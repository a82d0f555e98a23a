-- Purpose: remove the role that read. Identifiers: role.
DROP ROLE IF EXISTS {role}

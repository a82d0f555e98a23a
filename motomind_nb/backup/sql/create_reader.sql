-- Purpose: a role of our embedded server that reads all rows and can do nothing else.
-- Identifiers: role.
CREATE ROLE {role} LOGIN BYPASSRLS IN ROLE pg_read_all_data

-- Purpose: remove a database, sessions in it included.
-- Identifiers: name.
DROP DATABASE IF EXISTS {name} WITH (FORCE)

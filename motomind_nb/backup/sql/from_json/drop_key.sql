-- Purpose: take a foreign key off a scratch table. Identifiers: table, name.
ALTER TABLE {table} DROP CONSTRAINT {name}
